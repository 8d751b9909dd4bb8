import { userInfo } from 'node:os';
import { Argument, Command } from 'commander';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { strategies } from '../../shared/domain/strategies/strategies.ts';
import { plain } from '../../shared/domain/words/plain-text.ts';
import { writeJournal } from '../../shared/jobs/write-journal.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import { saveSettings } from '../config-file.ts';
import { confirmed } from '../confirm.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, withStore } from '../show.ts';
import { talk } from '../talk.ts';
import { goLiveView } from '../views/golive.ts';
import type { ViewIo } from '../views/view.ts';

interface GoLiveOptions extends StoreCommandOptions {
  readonly override?: string;
  readonly yes?: boolean;
}

/** The first step with real money. Source: seed 003: $10 a trade at most, $2 of it lost at most. */
const FIRST_STEP = { maxOrder: 10, stop: 0.2 } as const;

/** `pilot golive`: what is missing before real money; with a strategy, its first step once nothing is. */
export function goLiveCommand(): Command {
  return readsStore(new Command('golive'))
    .description('what is missing before real money; with a strategy, let it trade live from the next deploy on')
    .addHelpText('before', 'Examples: pilot golive\n          pilot golive favourites --book demo\n')
    .addArgument(new Argument('[strategy]', 'which may trade live').choices(strategies.map(({ name }) => name)))
    .option('--override <reason>', 'although rows are not met; the reason is written into the journal')
    .option('--yes', 'do not ask')
    .action(goLive);
}

async function goLive(strategy: string | undefined, options: GoLiveOptions): Promise<void> {
  const { json, missing, settings } = await withStore(options, async (io) => {
    const view = await goLiveView(io);
    if (!options.json) process.stdout.write(view.text);
    return { ...view, settings: strategy === undefined ? undefined : await step(io, strategy, view.missing, options) };
  });
  if (options.json) printJson({ ...(json as object), strategy: strategy ?? null, settings: settings ?? null });
  if (settings !== undefined) {
    const written = Object.entries(settings).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
    talk(`  Written to pilot.config.ts: ${written.join(', ')}`);
    talk('  Next: pilot aws up --mode live');
  } else if (missing.length > 0) {
    const fix = "let it trade on, in demo for the exchange's own rows, and look again with pilot golive --book demo";
    throw new Exit(1, `golive: not met: ${missing.join(', ')}. Fix: ${fix}`);
  }
}

/** Writes down who decided it on which evidence, then what the deployed mode reads. */
async function step(
  io: ViewIo,
  strategy: string,
  missing: readonly string[],
  { override, yes = false }: GoLiveOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const reason = plain(override ?? '', 1000);
  if (missing.length > 0 && reason === '')
    throw new Exit(
      4,
      `golive: not met: ${missing.join(', ')}. Fix: let it trade on, or --override REASON, which is written into the journal`,
    );
  const settings = firstStep(io.config, strategy);
  const over = missing.length === 0 ? [] : [`Rows that are not met and are overridden: ${missing.join(', ')}.`];
  const what = [
    ...over,
    `From the next deploy in live mode on, ${strategy} trades REAL MONEY, at most $${FIRST_STEP.maxOrder} a trade, and leaves ${FIRST_STEP.stop * 100} % below entry.`,
    'A stop does not cap a gap: what an order costs can be lost whole.',
  ];
  await confirmed({ what: what.join('\n'), word: 'LIVE', yes });
  const body = { strategy, by: userInfo().username, settings, overridden: missing, reason };
  await writeJournal({ journal: io.store.journal, digest: sha256 }, io.book, io.now, [{ kind: 'golive', subject: strategy, body }]);
  await saveSettings(settings);
  return settings;
}

/** Never wider than what is set already. */
function firstStep({ sizing, strategies: all }: Config, strategy: string): Readonly<Record<string, unknown>> {
  const { stop } = all[strategy as keyof typeof all].exits;
  return {
    [`strategies.${strategy}.rung`]: 'live',
    'sizing.maxOrder': Math.min(sizing.maxOrder ?? FIRST_STEP.maxOrder, FIRST_STEP.maxOrder),
    [`strategies.${strategy}.exits.stop`]: Math.min(stop ?? FIRST_STEP.stop, FIRST_STEP.stop),
  };
}
