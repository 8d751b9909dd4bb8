import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { sha256 } from '../shared/adapters/crypto/sha256.ts';
import type { ByHand } from '../shared/jobs/control.ts';
import { halt, pause, resume } from '../shared/jobs/control.ts';
import { ask, saidBy } from './ask.ts';
import { Exit } from './exit.ts';
import type { OpenedStore } from './open-store.ts';
import { printJson } from './options.ts';
import type { StoreCommandOptions } from './show.ts';
import { readsStore, withStore } from './show.ts';
import { talk } from './talk.ts';
import type { ViewIo } from './views/view.ts';

export interface ControlOptions extends StoreCommandOptions {
  readonly reason?: string;
  readonly yes?: boolean;
}

/** Options of commands that stop trading or let it go on. */
export function controls(command: Command): Command {
  return readsStore(command).option('--reason <text>', 'why, for the journal').option('--yes', 'do not ask');
}

type Request = { readonly action: 'pause' | 'resume' | 'halt' | 'emergency' | 'acknowledge' } & Readonly<Record<string, unknown>>;

/** Asks the running system to act and prints what it did. A stopped one's state is changed where it is kept. */
export async function control(
  options: ControlOptions,
  request: Request,
  before: (io: ViewIo) => Promise<void> = async () => undefined,
): Promise<void> {
  const answer = await withStore(options, async (io, opened) => {
    await before(io);
    const name = userInfo().username;
    const reason = options.reason ?? `pilot ${request.action}`;
    if (io.stopped) return { ok: true, message: await changeState(io, opened, request.action, { name, reason }) };
    return ask(opened, 'control', { ...request, book: io.book, name, reason });
  });
  if (answer.outcome === 'skipped') throw new Exit(1, `not done: ${saidBy(answer, 'why') ?? 'skipped'}. Fix: try again in a moment`);
  if (options.json) printJson(answer);
  else process.stdout.write(`${saidBy(answer, 'message') ?? 'done'}\n`);
  if (['pause', 'halt', 'emergency'].includes(request.action)) talk('  Go on: pilot resume --reason TEXT');
  if (answer.ok === false) throw new Exit(1, `not done. Fix: ${saidBy(answer, 'fix') ?? 'pilot status'}`);
}

/** Nothing runs, so nothing rests with a broker that this command could reach: only the state changes. */
async function changeState({ book }: ViewIo, { store, clock }: OpenedStore, action: Request['action'], by: ByHand): Promise<string> {
  const io = { store, clock, digest: sha256, brokers: new Map() };
  switch (action) {
    case 'pause':
      return (await pause(io, book, by)).state === 'halted' ? `${book}: halted already, and stays so` : `${book}: new buys paused`;
    case 'resume':
      await resume(io, book, by);
      return `${book}: new buys on again. Nothing trades until: npm start`;
    case 'halt':
      await halt(io, book, by);
      return `${book}: halted. Nothing runs here`;
    default:
      throw new Exit(3, `${action}: no system runs here. Fix: npm start, or --env aws`);
  }
}
