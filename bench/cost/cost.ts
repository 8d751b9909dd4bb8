/** `npm run cost [-- --json] [-c mode=live] [--measured FILE]`: what a month in AWS costs, from the synthesized template. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { WrongSetting } from '../../lib/settings.ts';
import { refusalWords } from '../../shared/system/config/refusal-words.ts';
import { measuredSchema, pricesSchema } from './measured.ts';
import { monthOf } from './month.ts';
import { billTable } from './table.ts';
import { resourcesOf } from './templates.ts';

const usage = 'Fix: npm run cost -- [--json] [-c mode=live] [--measured FILE]';

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  const problem = problemOf(error);
  if (problem === undefined) throw error;
  console.error(problem);
  process.exitCode = 2;
}

/** 0 within the budgets, 1 above one of them. */
function main(args: readonly string[]): number {
  const { json, settings, measuredFile } = asked(args);
  const prices = pricesSchema.parse(read(join(import.meta.dirname, 'prices.json')));
  const month = monthOf(resourcesOf(settings), measuredSchema.parse(read(measuredFile)), prices);
  console.log(json ? JSON.stringify(month) : billTable(month, prices));
  return month.ok ? 0 : 1;
}

function asked(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      context: { type: 'string', short: 'c', multiple: true, default: [] },
      measured: { type: 'string', default: join(import.meta.dirname, 'measured.json') },
    },
  });
  const settings = values.context.map((pair) => {
    const [, key, value] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
    if (key === undefined) throw new WrongSetting(`-c ${pair} gives no value. ${usage}`);
    return [key, value] as const;
  });
  return { json: values.json, settings: Object.fromEntries(settings), measuredFile: values.measured };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** One sentence for what the person who asked can repair; undefined for what we have to. */
function problemOf(error: unknown): string | undefined {
  if (error instanceof WrongSetting) return error.message;
  if (error instanceof z.core.$ZodError)
    return `The figures are not as expected.\n${refusalWords(error)}\nFix: compare with bench/cost/measured.json`;
  if (error instanceof SyntaxError) return `The figures are no JSON: ${error.message}. Fix: compare with bench/cost/measured.json`;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code.startsWith('ERR_PARSE_ARGS') ? `${message}. ${usage}` : undefined;
}
