import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The embedded engine in memory, stopped after the test. */
export async function dynamodbEngine(): Promise<string> {
  const port = await freePort();
  const binary = fileURLToPath(import.meta.resolve('@dynoxide/linux-x64/package.json')).replace('package.json', 'dynoxide');
  const engine = spawn(binary, ['serve', '--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' });
  onTestFinished(() => void engine.kill());
  const endpoint = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (
      await fetch(endpoint).then(
        () => true,
        () => false,
      )
    )
      return endpoint;
    await sleep(20);
  }
  throw new Error(`${binary} did not listen on ${endpoint}. Fix: npm install`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
