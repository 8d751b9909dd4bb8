import { Command } from 'commander';
import { ask } from '../ask.ts';
import { lastScan } from '../last-scan.ts';
import { printJson } from '../options.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, withStore } from '../show.ts';
import { whatIfView } from '../views/what-if.ts';

/** `pilot scan`: a scan now; or, dry, the last one again under other settings. */
export function scanCommand(): Command {
  return readsStore(new Command('scan'))
    .description('scan all open markets now; or ask what the last scan would have kept')
    .addHelpText('before', 'Examples: pilot scan\n          pilot scan --dry-run --set scan.minVolume=300\n')
    .option('--dry-run', 'look at the last recorded scan with the settings given; nothing is written')
    .action(scan);
}

async function scan(options: StoreCommandOptions & { readonly dryRun?: boolean }): Promise<void> {
  if (!options.dryRun) {
    const answer = await withStore(options, ({ now }, opened) => ask(opened, 'scan', { tick: new Date(now).toISOString() }));
    return printJson(answer);
  }
  const view = await withStore(options, async ({ config, zone }, opened) => {
    const { at, pages } = await lastScan(opened);
    return whatIfView(pages, at, config, zone);
  });
  if (options.json) printJson(view.json);
  else process.stdout.write(view.text);
}
