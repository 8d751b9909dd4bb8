import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { pilotApp } from '../lib/pilot-app.ts';
import { WrongSetting } from '../lib/settings.ts';

const app = new App();
try {
  pilotApp(app, join(import.meta.dirname, '..'));
  app.synth();
} catch (error) {
  if (!(error instanceof WrongSetting)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
