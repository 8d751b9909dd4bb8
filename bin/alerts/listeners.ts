import { channelsAttribute, severityAttribute } from '../../shared/adapters/sns/sns-channel.ts';
import { alertTopic } from '../alert-way.ts';
import { awsFailure } from '../aws/aws-failure.ts';
import { Exit } from '../exit.ts';
import type { OpenedStore } from '../open-store.ts';
import { openTerminal } from '../terminal.ts';
import { verifyPhone } from './verify-phone.ts';

/** Ways to be told, by the protocol that SNS calls them. */
export const protocols = { email: 'email', sms: 'sms', webhook: 'https' } as const;
export type Way = keyof typeof protocols;

/** What an address of each way looks like. */
const shapes: Readonly<Record<Way, readonly [RegExp, string]>> = {
  email: [/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'you@example.com'],
  sms: [/^\+[1-9]\d{6,14}$/, '+15550100'],
  webhook: [/^https:\/\/\S+$/, 'https://ntfy.sh/your-topic'],
};

/** A phone rings for what is critical, for its end, and for the week of whoever asked for it; mail needs no filter, so that AWS's own alarms reach it too. */
const filters: Readonly<Record<Way, Readonly<Record<string, readonly string[]>> | undefined>> = {
  email: undefined,
  sms: { [channelsAttribute]: ['sms'], [severityAttribute]: ['CRITICAL', 'RESOLVED', 'WEEKLY_SUMMARY'] },
  webhook: { [channelsAttribute]: ['webhook'] },
};

/** Throws Exit(2) for what can be no address of that way. */
export function requireAddress(way: Way, address: string): void {
  const [shape, example] = shapes[way];
  if (!shape.test(address)) throw new Exit(2, `${address}: no address for ${way}. Fix: write it like ${example}`);
}

export interface NewListener {
  readonly way: Way;
  readonly address: string;
  /** The code that was texted, where an earlier call has asked for it. */
  readonly code: string | undefined;
}

/** Subscribes somebody; a phone proves first whose it is. Throws Exit. */
export async function addListener(opened: OpenedStore, { way, address, code }: NewListener, say: (line: string) => void): Promise<void> {
  const { client: open, topicArn } = await alertTopic(opened);
  const { sdk, client } = await open();
  const filter = filters[way];
  try {
    if (way === 'sms') {
      if (opened.running) say('  This machine sends no texts: what would go out lies in .pilot/cloud/sns/messages');
      await verifyPhone({ sdk, client, say, code: (wrong) => askCode(address, code, wrong) }, address, code !== undefined);
    }
    await client.send(
      new sdk.SubscribeCommand({
        TopicArn: topicArn,
        Protocol: protocols[way],
        Endpoint: address,
        ...(filter ? { Attributes: { FilterPolicy: JSON.stringify(filter) } } : {}),
      }),
    );
  } catch (error) {
    throw awsFailure(`alerts add ${way}`, error);
  }
}

async function askCode(phone: string, given: string | undefined, wrong: string | undefined): Promise<string> {
  if (given !== undefined && wrong === undefined) return given;
  const terminal = openTerminal(`pilot alerts add sms ${phone} --code CODE`);
  try {
    return await terminal.ask(wrong === undefined ? 'Code:' : `✗ ${wrong}. Code:`);
  } finally {
    terminal.close();
  }
}

/** Somebody who is told. An address that has not been confirmed is told nothing yet. */
export interface Listener {
  readonly way: string;
  readonly address: string;
  readonly confirmed: boolean;
}

/** Who is told. Throws Exit. */
export async function listListeners(opened: OpenedStore): Promise<readonly Listener[]> {
  const { client: open, topicArn } = await alertTopic(opened);
  const { sdk, client } = await open();
  const found: Listener[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new sdk.ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken })).catch((cause: unknown) => {
      throw awsFailure('alerts list', cause);
    });
    for (const { Protocol = '', Endpoint = '', SubscriptionArn = '' } of page.Subscriptions ?? [])
      found.push({ way: wayOf(Protocol), address: Endpoint, confirmed: SubscriptionArn !== 'PendingConfirmation' });
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

function wayOf(protocol: string): string {
  return Object.entries(protocols).find(([, name]) => name === protocol)?.[0] ?? protocol;
}
