import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { startCloud } from '../../../local/cloud/start-cloud.ts';
import { clientOf, emptyFolder } from './cloud-under-test.ts';

test('kill -9 in the middle of publishing loses nothing that was acknowledged', async () => {
  const dataDir = await emptyFolder();
  const module = fileURLToPath(import.meta.resolve('../../../local/cloud/start-cloud.ts'));
  const program = `import { startCloud } from ${JSON.stringify(module)};
    console.log((await startCloud({ dataDir: ${JSON.stringify(dataDir)}, dynamodb: { endpoint: 'http://127.0.0.1:9' } })).endpoint);`;
  const host = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [endpoint] = (await once(createInterface(host.stdout), 'line')) as [string];
  const sns = new SNSClient(clientOf(endpoint));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  const acknowledged: (string | undefined)[] = [];
  const publishing = Array.from({ length: 4 }, async () => {
    for (;;) acknowledged.push((await sns.send(new PublishCommand({ TopicArn, Message: 'x' }))).MessageId);
  });
  const broken = Promise.allSettled(publishing);
  while (acknowledged.length < 40) await new Promise((resolve) => setImmediate(resolve));
  host.kill('SIGKILL');
  await broken;
  const again = await startCloud({ dataDir, dynamodb: { endpoint: 'http://127.0.0.1:9' } });
  const kept = new Set((await again.messages()).map(({ id }) => id));
  await again.close();
  expect(acknowledged.filter((id) => id === undefined || !kept.has(id))).toEqual([]);
});
