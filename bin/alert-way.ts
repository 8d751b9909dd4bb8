import { localNames } from '../local/runner/local-names.ts';
import type { OpenSns } from '../shared/adapters/sns/sns-channel.ts';
import { snsClient } from '../shared/adapters/sns/sns-channel.ts';
import { emailText } from '../shared/domain/words/email.ts';
import { smsText } from '../shared/domain/words/sms.ts';
import type { AlertIo } from '../shared/jobs/alerts/raise-alerts.ts';
import { alertOutlets } from '../shared/system/alert-outlets.ts';
import { noiseSettings } from '../shared/system/config/watch-settings.ts';
import { deployedEnvironment } from './aws/deployed.ts';
import { Exit } from './exit.ts';
import type { OpenedStore } from './open-store.ts';
import type { ViewIo } from './views/view.ts';

/** The topic that everything goes to, and a client that reaches it. Throws Exit when there is none. */
export async function alertTopic({ running, env }: Pick<OpenedStore, 'running' | 'env'>): Promise<{
  readonly client: OpenSns;
  readonly topicArn: string;
}> {
  if (running) {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    return { client: snsClient({ endpoint: running.endpoint, region: 'us-east-1', credentials }), topicArn: localNames.topic };
  }
  if (env === 'local') throw new Exit(3, 'alerts: no system runs here, so nothing can go out. Fix: npm start, or --env aws');
  const { PILOT_ALERTS_TOPIC: topicArn } = await deployedEnvironment();
  if (topicArn === undefined) throw new Exit(1, 'alerts: what is deployed tells nobody. Fix: pilot aws up');
  return { client: snsClient(), topicArn };
}

/** Raises and delivers alerts as the functions do. */
export async function alertIo({ config, mode, zone }: ViewIo, opened: OpenedStore): Promise<AlertIo> {
  const { store, clock } = opened;
  const render = (alert: Parameters<typeof emailText>[0]) => {
    const { subject, body } = emailText(alert, mode, { zone });
    return { subject, email: body, sms: smsText(alert, mode) };
  };
  return { store, clock, noise: noiseSettings(config), outlets: alertOutlets({ ...(await alertTopic(opened)), render }) };
}
