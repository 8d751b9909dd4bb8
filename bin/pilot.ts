#!/usr/bin/env node
import { CommanderError } from 'commander';
import { exitCodeOf, explain } from './exit.ts';
import { program } from './program.ts';
import { withoutSeedFlags } from './seed-flags.ts';

try {
  await program().parseAsync([...withoutSeedFlags(process.argv.slice(2))], { from: 'user' });
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`${explain(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
