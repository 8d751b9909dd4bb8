import { CommanderError } from 'commander';
import { NoDynamodb } from '../local/cloud/dynamodb.ts';
import { ImportError } from '../local/replay/recording.ts';
import { InvalidValue } from '../shared/domain/money.ts';
import { ExchangeError } from '../shared/ports/exchange-error.ts';
import { ConfigError } from '../shared/system/config/config.ts';

/** Ends a command with a message and an exit code of its own. The message says the fix. */
export class Exit extends Error {
  readonly code: ExitCode;
  constructor(code: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Exit';
    this.code = code;
  }
}

/** 0 fine · 1 problem found or declined · 2 wrong use or needs a terminal · 3 cannot reach the service · 4 refused by a risk rule. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Exit) return error.code;
  if (error instanceof InvalidValue || error instanceof ConfigError) return 2;
  if (error instanceof NoDynamodb) return 3;
  if (error instanceof ExchangeError) return error.outcome === 'refused' ? 1 : 3;
  return 1;
}

/** What a person reads: the message with its fix; the stack only for a fault of ours. */
export function explain(error: unknown): string {
  if (error instanceof ExchangeError) return error.message.includes('Fix:') ? error.message : `${error.message} Fix: ${error.fix}`;
  if (error instanceof Exit || error instanceof InvalidValue || error instanceof ConfigError || error instanceof ImportError)
    return error.message;
  // A message that says the fix was written for people; where it came from is noise to them.
  if (error instanceof Error) return error.message.includes('Fix:') ? error.message : (error.stack ?? error.message);
  return String(error);
}
