import { localNames } from '../local/runner/local-names.ts';
import type { OpenSns } from '../shared/adapters/sns/sns-channel.ts';
import { snsChannel, snsClient } from '../shared/adapters/sns/sns-channel.ts';
import { emailText } from '../shared/domain/words/email.ts';
import { smsText } from '../shared/domain/words/sms.ts';
import type { AlertIo } from '../shared/jobs/alerts/raise-alerts.ts';
import { noiseSettings } from '../shared/system/config/watch-settings.ts';
import { commandEnvironment } from './connect.ts';
import { Exit } from './exit.ts';
import type { OpenedStore } from './open-store.ts';
import type { ViewIo } from './views/view.ts';

/** The topic alerts go to, and a client that reaches it. Throws Exit when there is none. */
export function alertTopic({ running, env }: Pick<OpenedStore, 'running' | 'env'>): {
  readonly client: OpenSns;
  readonly topicArn: string;
} {
  if (running) {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    return { client: snsClient({ endpoint: running.endpoint, region: 'us-east-1', credentials }), topicArn: localNames.topic };
  }
  if (env === 'local') throw new Exit(3, 'alerts: no system runs here, so nothing can go out. Fix: npm start, or --env aws');
  const topicArn = commandEnvironment().PILOT_ALERTS_TOPIC;
  if (topicArn === undefined) throw new Exit(2, 'PILOT_ALERTS_TOPIC: not set. Fix: set it to the topic that the state stack printed');
  return { client: snsClient(), topicArn };
}

/** Raises and delivers alerts as the functions do. */
export function alertIo({ config, mode, zone }: ViewIo, opened: OpenedStore): AlertIo {
  const { store, clock } = opened;
  const render = (alert: Parameters<typeof emailText>[0]) => {
    const { subject, body } = emailText(alert, mode, { zone });
    return { subject, email: body, sms: smsText(alert, mode) };
  };
  const by = snsChannel({ ...alertTopic(opened), render });
  return { store, clock, noise: noiseSettings(config), outlets: [{ channel: 'email', by }] };
}
