/** `npm run check [-- NAME…]`: every check, or the named ones, side by side; one line each, and the whole output of those that fail. */
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './sources.ts';

const checks: Readonly<Record<string, readonly string[]>> = {
  types: ['tsc', '-p', '.'],
  'client-types': ['tsc', '-p', 'dashboard'],
  'browser-types': ['tsc', '-p', 'tests/browser'],
  format: ['biome', 'check', '--error-on-warnings', '.'],
  promises: ['oxlint'],
  'dead-code': ['knip', '--no-config-hints'],
  'dead-files': ['knip', '--production', '--include', 'files', '--no-config-hints'],
  layers: ['vitest', 'run', '--project', 'unit', 'tests/architecture.test.ts'],
  docs: ['node', 'checks/docs-truth.ts'],
};

interface Outcome {
  readonly ok: boolean;
  readonly output: string;
  readonly seconds: number;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in checks));
if (unknown.length > 0) {
  console.error(`no check is called ${unknown.join(', ')}. Fix: choose among ${Object.keys(checks).join(', ')}`);
  process.exitCode = 2;
} else {
  process.exitCode = await runAll(asked.length > 0 ? asked : Object.keys(checks));
}

async function runAll(names: readonly string[]): Promise<number> {
  const outcomes = await Promise.all(
    names.map(async (name) => {
      const command = checks[name] ?? [];
      const outcome = await run(command);
      console.log(`${outcome.ok ? '✓' : '✗'} ${name.padEnd(14)}${outcome.seconds.toFixed(1).padStart(5)} s`);
      if (!outcome.ok)
        console.error(`${outcome.output.trim().replaceAll(/^/gm, '  ')}\n↑ ${name} failed. To repeat: npx ${command.join(' ')}\n`);
      return outcome;
    }),
  );
  const passed = outcomes.filter(({ ok }) => ok).length;
  console.log(`checks: ${passed} passed, ${outcomes.length - passed} failed`);
  return passed === outcomes.length ? 0 : 1;
}

function run([program = '', ...args]: readonly string[]): Promise<Outcome> {
  const started = performance.now();
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`;
  const child = spawn(program, args, { cwd: root, env: { ...process.env, PATH: path }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  return new Promise((resolve) => {
    const end = (ok: boolean) => resolve({ ok, output: output.join(''), seconds: (performance.now() - started) / 1000 });
    child.on('error', (error) => {
      output.push(`${program}: ${error.message}. Fix: run "npm ci"`);
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}
