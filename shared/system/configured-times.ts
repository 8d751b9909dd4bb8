import { config as file } from '../../pilot.config.ts';
import { makeConfig } from './config/config.ts';
import type { Times } from './map/schedule.ts';

/** The times that pilot.config.ts sets, for whoever makes a timetable. Throws ConfigError. */
export function configuredTimes(): Pick<Times, 'alertMinutes'> {
  return { alertMinutes: makeConfig({ file }).alerts.checkMinutes };
}
