import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagesBeside } from '../lib/bundle.ts';
import { functionNames } from '../shared/system/map.ts';
import { makeBundle, makePackage } from './cold/make-bundle.ts';
import type { Figure } from './figure.ts';

/** kB of minified JavaScript that a function may bring, without what it loads only when it needs it. */
const MOST_KB = 400;
/** Milliseconds that loading it may take. */
const MOST_MS = 100;
const PROCESSES = 25;

const EMPTY = 'exports.handler = async () => undefined;\n';

/** What a cold start has to load: the largest bundle, and the time it takes; beside it, what is loaded only when needed. */
export async function figures(): Promise<readonly Figure[]> {
  const bundles = await Promise.all(functionNames.map((name) => makeBundle(name, 'live')));
  const [largest] = bundles.toSorted((a, b) => b.code.length - a.code.length);
  if (!largest) throw new Error('the map has no function. Fix: name one in shared/system/map.ts');
  const lazy = [...new Set(functionNames.flatMap(packagesBeside))];
  return [
    { figure: 'cold.bundle', value: kilobytes(largest.code), unit: `kB (${largest.name})`, better: 'lower', budget: MOST_KB },
    { figure: 'cold.import', value: importMs(largest.code), unit: 'ms', better: 'lower', budget: MOST_MS },
    ...(await Promise.all(lazy.map(lazyFigure))),
  ];
}

async function lazyFigure(name: string): Promise<Figure> {
  return { figure: `cold.lazy ${name}`, value: kilobytes(await makePackage(name)), unit: 'kB', better: 'lower' };
}

function kilobytes(code: string): number {
  return Math.round(Buffer.byteLength(code) / 100) / 10;
}

/** The quickest of fresh processes that load it, less the quickest that load an empty handler; they take turns. */
function importMs(code: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'pilot-cold-'));
  try {
    const [full, empty] = [join(folder, 'full.cjs'), join(folder, 'empty.cjs')];
    writeFileSync(full, code);
    writeFileSync(empty, EMPTY);
    const times = { full: Number.POSITIVE_INFINITY, empty: Number.POSITIVE_INFINITY };
    for (let process = 0; process < PROCESSES; process++) {
      times.empty = Math.min(times.empty, wallOf(empty));
      times.full = Math.min(times.full, wallOf(full));
    }
    return times.full - times.empty;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the start of a process to its end, ms. */
function wallOf(file: string): number {
  const started = performance.now();
  execFileSync(process.execPath, [file], { env: { AWS_REGION: 'us-east-1' } });
  return performance.now() - started;
}
