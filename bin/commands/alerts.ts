import { Argument, Command } from 'commander';
import type { Alert, AlertKind } from '../../shared/domain/words/alert.ts';
import { alertKinds } from '../../shared/domain/words/alert.ts';
import { acknowledgeAlert } from '../../shared/jobs/alerts/acknowledge-alert.ts';
import type { Outlet } from '../../shared/jobs/alerts/deliver-alerts.ts';
import { MUTED, openAlerts } from '../../shared/jobs/alerts/raise-alerts.ts';
import { nearest } from '../../shared/system/config/keys.ts';
import { alertIo } from '../alert-way.ts';
import { addListener, listListeners, protocols, requireAddress, type Way } from '../alerts/listeners.ts';
import { hidden } from '../alerts/verify-phone.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, show, withStore } from '../show.ts';
import { talk } from '../talk.ts';
import { testAlert } from '../test-alert.ts';
import { alertsView } from '../views/alerts.ts';
import { tableText } from '../views/table.ts';

const HOUR = 3_600_000;

/** `pilot alerts`: what wants attention, what was told, and who is told. */
export function alertsCommand(): Command {
  const command = readsStore(new Command('alerts'))
    .description('what wants attention and what was told')
    .enablePositionalOptions()
    .addHelpText(
      'before',
      'Examples: pilot alerts\n          pilot alerts add email you@example.com\n          pilot alerts mute price-drop --hours 48\n',
    )
    .option('--limit <count>', 'how many of those told', '20')
    .action((options: StoreCommandOptions & { readonly limit: string }) =>
      show(options, (io) => alertsView(io, Number(options.limit) || 20)),
    );
  const inner = (name: string, example: string) => readsStore(command.command(name)).addHelpText('before', `Example: pilot ${example}\n`);
  inner('ack', 'alerts ack cash-low')
    .description('you have seen it: it is not repeated')
    .argument('<cause>', 'as pilot alerts shows it, or all')
    .action(acknowledge);
  inner('mute', 'alerts mute price-drop --hours 48')
    .description('only the page shows it for a while')
    .argument('<kind>', 'a kind or a cause')
    .option('--hours <count>', 'for how long', '24')
    .action(mute);
  inner('unmute', 'alerts unmute price-drop').description('told again').argument('<kind>', 'what was muted').action(unmute);
  inner('test', 'alerts test --env aws').description('send one alert by every way and say what became of it').action(test);
  inner('add', 'alerts add email you@example.com')
    .description('tell somebody')
    .addArgument(new Argument('<way>', 'how').choices(Object.keys(protocols)))
    .argument('<address>', 'you@example.com, +15550100 or https://…')
    .option('--code <code>', 'the code that was texted, where nobody can be asked for it')
    .action(add);
  inner('list', 'alerts list').description('who is told, and who has yet to confirm').action(list);
  return command;
}

async function acknowledge(cause: string, options: StoreCommandOptions): Promise<void> {
  const seen = await withStore(options, async ({ store, book }, { clock }) => {
    const open = (await openAlerts({ store }, book)).map(({ alert }) => alert.cause);
    const causes = cause === 'all' ? open : open.filter((name) => name === cause || name.split(':')[1] === cause);
    for (const name of causes) await acknowledgeAlert({ records: store.records, clock }, name);
    if (causes.length > 0 || cause === 'all') return causes;
    throw new Exit(
      1,
      `${cause}: no open alert of this cause. Fix: ${open.length === 0 ? 'nothing is open' : `use one of ${open.join(', ')}`}`,
    );
  });
  answer(options, { acknowledged: seen }, seen.length === 0 ? 'nothing was open' : `acknowledged ${seen.join(', ')}`);
}

async function mute(name: string, options: StoreCommandOptions & { readonly hours: string }): Promise<void> {
  const hours = Number(options.hours);
  if (!(hours > 0 && hours <= 8760)) throw new Exit(2, `--hours ${options.hours}: no such time. Fix: give hours from 1 to 8760`);
  requireKind(name);
  const until = await withStore(options, async ({ store, now }) => {
    const at = now + hours * HOUR;
    await store.records.put(MUTED, name, { until: at }, { expiresAt: at });
    return new Date(at).toISOString();
  });
  answer(options, { muted: name, until }, `${name} is muted until ${until}`);
}

async function unmute(name: string, options: StoreCommandOptions): Promise<void> {
  requireKind(name);
  await withStore(options, ({ store }) => store.records.remove(MUTED, name));
  answer(options, { unmuted: name }, `${name} is told again`);
}

/** A cause begins with its book and names its kind second. */
function requireKind(name: string): void {
  const kinds = Object.keys(alertKinds) as readonly AlertKind[];
  const kind = name.includes(':') ? name.split(':')[1] : name;
  if (kinds.some((known) => known === kind)) return;
  const suggestion = nearest(name, kinds);
  throw new Exit(
    2,
    `${name}: no such kind of alert. Fix: ${suggestion ? `did you mean ${suggestion}?` : `use one of ${kinds.join(', ')}`}`,
  );
}

async function test(options: StoreCommandOptions): Promise<void> {
  const { results, ways } = await withStore(options, async (io, opened) => {
    const alert = testAlert('report', { at: io.now, book: io.book });
    const { outlets } = await alertIo(io, opened);
    const listening = (await listListeners(opened)).filter(({ confirmed }) => confirmed);
    return {
      results: (await Promise.all(outlets.map((outlet) => tryOutlet(outlet, alert)))).flat(),
      ways: new Set(listening.map(({ way }) => way)),
    };
  });
  const lines = results.map(({ way, delivered, detail }) => {
    const heard = ways.has(way) ? '' : '  (nobody listens: pilot alerts list)';
    return `${delivered ? '✓' : '✗'} ${way}${detail === undefined ? '' : `  ${detail}`}${heard}`;
  });
  answer(
    options,
    results.map((result) => ({ ...result, listened: ways.has(result.way) })),
    lines.join('\n'),
  );
  if (results.some(({ delivered }) => !delivered)) throw new Exit(1, 'an alert was not delivered. Fix: see above, then pilot alerts test');
}

/** One message for all channels of a way out, and what became of it for each. */
async function tryOutlet({ channels, by }: Outlet, alert: Alert) {
  const said = await by.send(alert, { channels });
  return channels.map((way) => ({ way, ...said }));
}

async function add(way: Way, address: string, options: StoreCommandOptions & { readonly code?: string }): Promise<void> {
  requireAddress(way, address);
  await withStore(options, (_io, opened) => addListener(opened, { way, address, code: options.code }, talk));
  const next =
    way === 'email' ? 'It waits for a click in the mail that was just sent: pilot alerts list shows it' : 'Try it: pilot alerts test';
  answer(options, { added: way, address }, `added. ${next}`);
}

async function list(options: StoreCommandOptions): Promise<void> {
  const listeners = await withStore(options, (_io, opened) => listListeners(opened));
  const rows = listeners.map(({ way, address, confirmed }) => [
    confirmed ? '✓' : '!',
    way,
    way === 'sms' ? hidden(address) : address,
    confirmed ? 'is told' : 'waiting for a click in the mail that was sent',
  ]);
  const nobody = 'Nobody is told. Add somebody: pilot alerts add email you@example.com';
  const columns = ['', 'Way', 'Address', ''].map((title) => ({ title }));
  answer(options, listeners, listeners.length === 0 ? nobody : tableText(columns, rows).join('\n'));
}

function answer(options: StoreCommandOptions, json: unknown, text: string): void {
  if (options.json) printJson(json);
  else process.stdout.write(`${text}\n`);
}
