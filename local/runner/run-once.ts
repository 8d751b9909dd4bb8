import { askFunction } from '../../shared/system/ask-function.ts';
import type { FunctionName } from '../../shared/system/map.ts';
import { writeLogsTo } from '../../shared/system/parts.ts';
import { localNames, stateFolder } from './local-names.ts';
import { findRunning } from './running.ts';
import { functionNamesEnvironment, openServices } from './services.ts';

export interface RunOnce {
  readonly tick: string;
  readonly mode: 'paper' | 'demo' | 'live';
  /** Where the exchange is, when the system does not run here. */
  readonly kalshiBaseUrl: string | undefined;
  readonly log: (line: string) => void;
}

/**
 * One run of one job for one tick: in the system that runs here, or else with services started for it on this folder's
 * files. Repeated for the same tick it does nothing again.
 */
export async function runOnce(name: FunctionName, { tick, mode, kalshiBaseUrl, log }: RunOnce): Promise<unknown> {
  const running = findRunning();
  if (running) {
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: running.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    const { failed, answer } = await askFunction(localNames.prefix, name, { tick }, 'wait');
    if (failed)
      throw new Error(
        `${name} failed: ${(answer as { errorMessage?: string }).errorMessage ?? 'no reason given'}. Fix: pilot logs --job ${name}`,
      );
    return answer;
  }
  const services = await openServices({ folder: stateFolder, now: Date.now, log });
  try {
    Object.assign(
      process.env,
      functionNamesEnvironment,
      { PILOT_MODE: mode },
      kalshiBaseUrl === undefined ? {} : { KALSHI_BASE_URL: kalshiBaseUrl },
    );
    writeLogsTo(log);
    return await services.call(name, { tick });
  } finally {
    await services.close();
  }
}
