import { Command } from 'commander';
import type { ScanSummary } from '../../shared/jobs/scan.ts';
import { ask, saidBy } from '../ask.ts';
import { Exit } from '../exit.ts';
import { lastScan } from '../last-scan.ts';
import { printJson } from '../options.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, withStore } from '../show.ts';
import { linesText } from '../views/table.ts';
import { whatIfView } from '../views/what-if.ts';
import { funnelLines } from '../views/why-not.ts';

/** `pilot scan`: a scan now; or, dry, the last one again under other settings. */
export function scanCommand(): Command {
  return readsStore(new Command('scan'))
    .description('scan all open markets now; or ask what the last scan would have kept')
    .addHelpText('before', 'Examples: pilot scan\n          pilot scan --dry-run --set scan.minVolume=300\n')
    .option('--dry-run', 'look at the last recorded scan with the settings given; nothing is written')
    .action(scan);
}

async function scan(options: StoreCommandOptions & { readonly dryRun?: boolean }): Promise<void> {
  if (!options.dryRun) return scanNow(options);
  const view = await withStore(options, async ({ config, zone }, opened) => {
    const { at, pages } = await lastScan(opened);
    return whatIfView(pages, at, config, zone);
  });
  if (options.json) printJson(view.json);
  else process.stdout.write(view.text);
}

async function scanNow(options: StoreCommandOptions): Promise<void> {
  const { answer, config } = await withStore(options, async ({ now, config }, opened) => ({
    answer: await ask(opened, 'scan', { tick: new Date(now).toISOString() }),
    config,
  }));
  if (answer.outcome === 'skipped') throw new Exit(1, `scan: not done: ${saidBy(answer, 'why') ?? 'skipped'}. Fix: try again in a moment`);
  if (options.json) return printJson(answer);
  const { seen, funnel, candidates } = answer as unknown as Pick<ScanSummary, 'seen' | 'funnel' | 'candidates'>;
  process.stdout.write(linesText([...funnelLines({ seen, funnel, candidates }, config), '', '  Which and why: pilot why']));
}
