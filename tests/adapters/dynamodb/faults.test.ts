import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoStore } from '../../../shared/adapters/dynamodb/dynamo-store.ts';
import { StoreFailure } from '../../../shared/ports/store.ts';
import { aDeposit, anIntent, usd } from '../../contract/store-examples.ts';

const aws = mockClient(DynamoDBDocumentClient);
afterAll(() => aws.restore());
const pauses: number[] = [];
const store = dynamoStore({
  client: new DynamoDBClient({ region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } }),
  stateTable: 'state',
  reportsTable: 'reports',
  now: () => 0,
  pause: async (attempt) => void pauses.push(attempt),
});
const lease = { name: 'trade', owner: 'w', token: 1, until: 9000 };
const reserve = () => store.orders.reserve('id', anIntent(), lease, [{ counter: 'total', limit: usd(9_000_000) }], 2000);

beforeEach(() => {
  aws.reset();
  pauses.length = 0;
});

function failure(name: string, facts: Readonly<Record<string, unknown>> = { $fault: 'client' }): Error {
  return Object.assign(new Error(`${name} it said`), { name, $metadata: { attempts: 1 }, ...facts });
}

function cancelled(...codes: readonly string[]): TransactionCanceledException {
  const CancellationReasons = codes.map((Code) => ({ Code }));
  return new TransactionCanceledException({ message: 'cancelled', $metadata: { attempts: 1 }, CancellationReasons });
}

const tokens = () => aws.commandCalls(TransactWriteCommand).map(({ args }) => args[0].input.ClientRequestToken);

describe('a transaction that conflicts with another', () => {
  it('is sent again under the same token, a little later each time, until it goes through', async () => {
    aws
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('None', 'TransactionConflict'))
      .rejectsOnce(cancelled('ThrottlingError'))
      .resolves({});
    expect((await reserve()).ok).toBe(true);
    expect(pauses).toEqual([1, 2]);
    expect(new Set(tokens()).size).toBe(1);
  });

  it('is sent again also when a condition seemed to fail beside the conflict', async () => {
    aws
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled('TransactionConflict', 'None', 'ConditionalCheckFailed'))
      .resolves({});
    expect((await reserve()).ok).toBe(true);
  });

  it('is given up after a bounded number of attempts, surely not written', async () => {
    aws.on(TransactWriteCommand).rejects(cancelled('TransactionConflict'));
    await expect(reserve()).rejects.toMatchObject({
      name: 'StoreFailure',
      outcome: 'not-sent',
      message: expect.stringContaining('did not happen'),
    });
    expect(tokens()).toHaveLength(8);
    expect(pauses).toHaveLength(7);
  });

  it('has a token of its own for each transaction', async () => {
    aws.on(TransactWriteCommand).resolves({});
    await Promise.all([reserve(), reserve()]);
    expect(new Set(tokens()).size).toBe(2);
  });
});

describe('a busy database', () => {
  it.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])(
    'is asked again after %s',
    async (name) => {
      aws
        .on(GetCommand)
        .rejectsOnce(failure(name))
        .resolves({ Item: { v: 1, pk: 'BOOK#paper', sk: 'BREAKER', state: 'halted', version: 4 } });
      expect(await store.breakers.read('paper')).toEqual({ state: 'halted', version: 4 });
      aws
        .on(UpdateCommand)
        .rejectsOnce(failure(name))
        .resolves({ Attributes: { token: 7 } });
      expect(await store.leases.acquire('sync', 'w', 1, 2)).toMatchObject({ token: 7 });
      aws.on(PutCommand).rejectsOnce(failure(name)).resolves({});
      await store.records.put('k', 'a', 1);
      expect(pauses).toEqual([1, 1, 1]);
    },
  );

  it('that stays busy is a failure that names the table and says that nothing was written', async () => {
    aws.on(PutCommand).rejects(failure('ThrottlingException'));
    await expect(store.records.put('k', 'a', 1)).rejects.toThrow(/writing RECORD#k in state did not happen: ThrottlingException.*Fix: /);
    expect(aws.commandCalls(PutCommand)).toHaveLength(8);
  });

  it('that answers part of a batch is asked for the rest', async () => {
    const key = (id: string) => ({ pk: `ORDER#${id}`, sk: 'ORDER' });
    const item = (id: string) => ({ ...key(id), v: 1, id, state: 'resting', intent: JSON.stringify(anIntent()) });
    aws.on(QueryCommand).resolves({
      Items: [
        { v: 1, id: 'a' },
        { v: 1, id: 'b' },
      ],
    });
    aws
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: {}, UnprocessedKeys: { state: { Keys: [key('a'), key('b')] } } })
      .resolvesOnce({ Responses: { state: [item('b')] }, UnprocessedKeys: { state: { Keys: [key('a')] } } })
      .resolves({ Responses: { state: [item('a')] } });
    expect((await store.orders.live('paper')).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(pauses).toEqual([1]);
  });

  it('that writes part of a batch is given the rest before the journal is', async () => {
    const entries = ['a', 'b'].map((subject, n) => ({
      seq: n + 1,
      at: 1,
      kind: 'k',
      subject,
      body: {},
      previous: n ? 'h1' : '',
      hash: `h${n + 1}`,
    }));
    aws.on(QueryCommand).resolves({ Items: [] });
    aws
      .on(BatchWriteCommand)
      .callsFakeOnce(({ RequestItems }) => ({ UnprocessedItems: RequestItems }))
      .callsFakeOnce(({ RequestItems }) => ({ UnprocessedItems: { state: RequestItems.state.slice(1) } }))
      .resolves({});
    aws.on(TransactWriteCommand).resolves({});
    expect(await store.journal.append('paper', entries)).toBe(true);
    expect(aws.commandCalls(BatchWriteCommand).map(({ args }) => args[0].input.RequestItems?.state?.length)).toEqual([2, 2, 1]);
    expect(pauses).toEqual([1]);
  });
});

describe('an answer that never came', () => {
  const lost = failure('TimeoutError', { code: 'ECONNRESET' });

  it('is asked for again under the same token, so that the order is reserved once', async () => {
    aws.on(TransactWriteCommand).rejectsOnce(lost).rejectsOnce(failure('TransactionInProgressException')).resolves({});
    expect((await reserve()).ok).toBe(true);
    expect(new Set(tokens()).size).toBe(1);
    expect(tokens()).toHaveLength(3);
  });

  it.each([
    ['a time-out', [lost]],
    ['a server error', [failure('InternalServerError', { $fault: 'server' })]],
    ['throttling after a time-out', [lost, failure('ThrottlingException')]],
    ['throttling that the SDK had met before', [failure('ThrottlingException', { $fault: 'client', $metadata: { attempts: 3 } })]],
    ['a refusal after a time-out', [lost, failure('AccessDeniedException')]],
  ])('leaves a write unknown after %s', async (_, errors) => {
    const behaviour = aws.on(TransactWriteCommand);
    for (const error of errors.slice(0, -1)) behaviour.rejectsOnce(error);
    behaviour.rejects(errors.at(-1));
    await expect(reserve()).rejects.toMatchObject({ outcome: 'unknown', message: expect.stringContaining('may or may not have happened') });
  });

  it('changes nothing when it was only asked to read', async () => {
    aws.on(GetCommand).rejects(lost);
    await expect(store.orders.get('id')).rejects.toMatchObject({ name: 'StoreFailure', outcome: 'not-sent' });
    await expect(store.breakers.read('paper')).rejects.toBeInstanceOf(StoreFailure);
  });
});

describe('a request that can never succeed', () => {
  it.each([
    ['ResourceNotFoundException', /create the tables/],
    ['AccessDeniedException', /let the role use the table/],
    ['CredentialsProviderError', /give AWS credentials/],
    ['ValidationException', /under 400 kB/],
    ['SomethingNew', /run it again/],
  ])('is not repeated after %s, and says what to do', async (name, fix) => {
    aws.on(TransactWriteCommand).rejects(failure(name, name === 'CredentialsProviderError' ? {} : { $fault: 'client' }));
    await expect(reserve()).rejects.toThrow(fix);
    await expect(reserve()).rejects.toMatchObject({ outcome: 'not-sent' });
    expect(tokens()).toHaveLength(2);
  });

  it('is repeated while nobody listens, for the database may be starting', async () => {
    aws.on(PutCommand).rejects(failure('Error', { code: 'ECONNREFUSED' }));
    await expect(store.records.put('k', 'a', 1)).rejects.toMatchObject({
      outcome: 'not-sent',
      message: expect.stringContaining('start the database'),
    });
    expect(aws.commandCalls(PutCommand)).toHaveLength(8);
  });

  it('refuses items of a layout it does not know', async () => {
    aws.on(GetCommand).resolves({ Item: { pk: 'BOOK#paper', sk: 'BREAKER', v: 2, state: 'active' } });
    await expect(store.breakers.read('paper')).rejects.toThrow(/BOOK#paper BREAKER has layout 2, not 1\. Fix: /);
  });
});

describe('a race', () => {
  it('between reading which markets are taken and reading their orders shows no order that has ended', async () => {
    aws.on(QueryCommand).resolves({ Items: [{ v: 1, id: 'a' }] });
    const ended = { v: 1, pk: 'ORDER#a', sk: 'ORDER', id: 'a', state: 'filled', intent: JSON.stringify(anIntent()) };
    aws.on(BatchGetCommand).resolves({ Responses: { state: [ended] } });
    expect(await store.orders.live('paper')).toEqual([]);
  });

  it('that is lost every time ends as a failure that names what was to be changed', async () => {
    aws.on(GetCommand).resolves({});
    aws.on(BatchGetCommand).resolves({});
    aws.on(TransactWriteCommand).rejects(cancelled('ConditionalCheckFailed'));
    await expect(store.ledger.append('paper', [aDeposit('d', 1)])).rejects.toThrow(
      /booking in paper: somebody else wrote first, 40 times\. Fix: /,
    );
  });
});
