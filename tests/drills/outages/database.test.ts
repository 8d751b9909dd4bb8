import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { restoreTables } from '../../../local/runner/restore.ts';
import { s3Blobs } from '../../../shared/adapters/s3/s3-blobs.ts';
import { atWork, cloudForDrills, expectAllWell, filled } from './drilled-desk.ts';
import { wanted } from './make-up.ts';
import { placesOrder } from './outage-wire.ts';

const cloud = cloudForDrills();
const MINUTE = 60_000;

describe('when the database does not work', () => {
  it('a throttled database is asked again, and nobody notices', async () => {
    const { desk, next } = await atWork(cloud(), { kept: 'in DynamoDB' });
    for (const operation of ['GetItem', 'Query', 'UpdateItem', 'TransactWriteItems', 'PutItem'])
      cloud().faults.add({ kind: 'throttled', service: 'dynamodb', operation, times: 2 });
    await wanted(desk, next);
    const { sync, trade } = await desk.quarter();
    expect([sync, trade]).toMatchObject([{ outcome: 'ok' }, { outcome: 'ok', orders: 1 }]);
    expect(await filled(desk, next)).toBeGreaterThan(0);
    await expectAllWell(desk);
  });

  it('a database that is gone when an order has just been taken costs a run, and no second order', async () => {
    const { desk, next } = await atWork(cloud(), { kept: 'in DynamoDB' });
    let back = () => {};
    onTestFinished(() => back());
    desk.tampered = async (request, ask) => {
      const answer = await ask();
      if (placesOrder(request)) back = cloud().faults.add({ kind: 'throttled', service: 'dynamodb', operation: 'TransactWriteItems' });
      return answer;
    };
    await wanted(desk, next);
    desk.time.moveTo(desk.nextQuarter());
    await desk.run('sync');
    await desk.run('scan');
    await expect(desk.run('trade')).rejects.toThrow(/did not happen: ProvisionedThroughputExceeded.* Fix: /);
    back();
    desk.tampered = (_request, ask) => ask();
    expect((await desk.orders()).find(({ intent }) => intent.ticker === next.ticker)?.state).toBe('sent');
    await wanted(desk, next);
    await desk.quarter();
    expect((await desk.orders()).filter(({ intent }) => intent.ticker === next.ticker)).toMatchObject([{ state: 'filled' }]);
    await expectAllWell(desk);
  });

  it('transactions that meet others are tried again, and what they do is done once', async () => {
    const { desk, next } = await atWork(cloud(), { kept: 'in DynamoDB' });
    cloud().faults.add({ kind: 'conflict', service: 'dynamodb', operation: 'TransactWriteItems', times: 5 });
    await wanted(desk, next);
    const { sync, trade } = await desk.quarter();
    expect([sync, trade]).toMatchObject([{ outcome: 'ok' }, { outcome: 'ok', orders: 1 }]);
    expect((await desk.orders()).filter(({ intent }) => intent.ticker === next.ticker)).toMatchObject([{ state: 'filled' }]);
    await expectAllWell(desk);
  });

  it('tables put back from a backup learn from the exchange what they missed, before anything is bought', async () => {
    const { desk, held, next } = await atWork(cloud(), { kept: 'in DynamoDB' });
    await desk.quarter();
    await desk.run('backup');
    const day = new Date(desk.time.now()).toISOString().slice(0, 10);
    await wanted(desk, next);
    await desk.quarter();
    const bought = await filled(desk, next);
    expect(bought).toBeGreaterThan(0);
    const { PILOT_STATE_TABLE: state, PILOT_REPORTS_TABLE: reports, PILOT_RECORDINGS_BUCKET: bucket } = desk.names;
    const client = new DynamoDBClient();
    for (const TableName of [state, reports]) await client.send(new DeleteTableCommand({ TableName }));
    await cloud().store(desk.names, desk.time);
    const blobs = s3Blobs({ bucket, client: { forcePathStyle: true } });
    expect((await restoreTables(day, blobs, { state, reports })).state).toBeGreaterThan(10);
    desk.time.moveTo(desk.time.now() + 30 * MINUTE);
    await wanted(desk, next);
    await desk.quarter();
    expect(await desk.breaker()).toMatchObject({ state: 'reducing', cause: 'gap' });
    expect((await desk.positions()).get(next.ticker)?.count).toBe(bought);
    expect([...(await desk.positions()).keys()]).toEqual(expect.arrayContaining([held.ticker, next.ticker]));
    await wanted(desk, next);
    await desk.quarter();
    expect(await filled(desk, next)).toBe(bought);
    await expectAllWell(desk);
  });
});
