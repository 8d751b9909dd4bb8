import type { Command } from 'commander';
import { Option } from 'commander';
import type { Book } from '../shared/domain/book.ts';
import { books } from '../shared/domain/book.ts';
import type { OpenedStore } from './open-store.ts';
import { openStore } from './open-store.ts';
import type { ConfigOptions } from './options.ts';
import { collect, loadConfig, printJson } from './options.ts';
import { talk } from './talk.ts';
import { speedText, type View, type ViewIo } from './views/view.ts';

/** What every command that reads the store takes. */
export interface StoreCommandOptions extends ConfigOptions {
  readonly env?: string;
  readonly book?: Book;
  readonly json?: boolean;
}

/** Adds the options of commands that read the store. */
export function readsStore(command: Command): Command {
  return command
    .addOption(new Option('--env <place>', 'this machine, or your AWS account').choices(['local', 'aws']).default('local'))
    .addOption(new Option('--book <book>', 'whose money; without it that of the mode').choices(books))
    .option('--set <key=value>', 'a setting for this command (repeatable)', collect, [])
    .option('--json', 'one JSON value');
}

/** Opens the store, uses it, and closes it again whatever happens. */
export async function withStore<T>(options: StoreCommandOptions, use: (io: ViewIo, opened: OpenedStore) => Promise<T>): Promise<T> {
  const config = await loadConfig(options);
  const opened = await openStore(options);
  try {
    const { store, clock, running, env, speed } = opened;
    const stopped = env === 'local' && running === undefined;
    const mode = opened.mode ?? config.mode;
    return await use({ store, now: clock.now(), book: options.book ?? mode, mode, zone: config.zone, config, stopped, speed }, opened);
  } finally {
    await opened.close();
  }
}

/** Shows a view: JSON where it is asked for, text otherwise. */
export async function show(options: StoreCommandOptions, make: (io: ViewIo) => Promise<View>): Promise<void> {
  const { view, speed } = await withStore(options, async (io) => ({ view: await make(io), speed: speedText(io) }));
  if (options.json) printJson(view.json);
  else process.stdout.write(view.text);
  if (speed !== undefined && !view.text.includes(speed)) talk(`  Here ${speed}, and so does every time above.`);
}
