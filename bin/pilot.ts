#!/usr/bin/env node
import { CommanderError } from 'commander';
import { exitCodeOf, explain } from './exit.ts';
import { program } from './program.ts';

try {
  await program().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`${explain(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
