import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { pilotApp } from '../lib/pilot-app.ts';
import { WrongSetting } from '../lib/settings.ts';
import { ConfigError } from '../shared/system/config/config.ts';
import { configuredTimes } from '../shared/system/configured-times.ts';

const app = new App();
try {
  pilotApp(app, join(import.meta.dirname, '..'), configuredTimes());
  app.synth();
} catch (error) {
  if (!(error instanceof WrongSetting || error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
