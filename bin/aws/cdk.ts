import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { Exit } from '../exit.ts';

const root = resolve(import.meta.dirname, '../..');

/** Runs the CDK of this project; what it says goes to stderr. Throws Exit when it fails. */
export type RunCdk = (args: readonly string[]) => Promise<void>;

export const runCdk: RunCdk = (args) =>
  new Promise((done, fail) => {
    const child = spawn(join(root, 'node_modules', '.bin', 'cdk'), [...args], { cwd: root, stdio: ['inherit', process.stderr, 'inherit'] });
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done();
      else fail(new Exit(1, `cdk ${args[0]} failed. Fix: what stands above says why; nothing else was done, so run it again`));
    });
  });
