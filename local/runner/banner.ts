import { readFileSync } from 'node:fs';
import { scheduleOf } from '../../shared/system/map/schedule.ts';
import { functions } from '../../shared/system/map.ts';
import type { StartOptions } from './start-local.ts';
import type { LocalSystem } from './system.ts';

/** What a person sees first: what runs, with whose money, where, and what to do next. */
export function banner(options: StartOptions, system: LocalSystem, dashboard: string): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  const money = options.mode === 'paper' ? 'PAPER · no real money · no keys needed' : 'DEMO · play money on a simulated exchange';
  return [
    '',
    `  kalshi-pilot ${version}`.padEnd(54) + money,
    '',
    `  ✓ Node       ${process.version}`,
    `  ✓ Data       ${system.engine}, AWS services at ${system.endpoint}`,
    `  ✓ Markets    ${marketsText(options)}`,
    `  ✓ Models     ${modelsText(options, system)}`,
    `  ✓ Schedule   ${scheduleText(options)}`,
    '',
    `  Dashboard    ${dashboard}`,
    '',
    '  Next         npx pilot status      what is happening',
    '               npx pilot why         why it did or did not trade',
    '               npx pilot jobs        what ran and what runs next',
    '  Ctrl-C stops. Nothing is traded while stopped.',
    '',
  ].join('\n');
}

function marketsText({ prices, markets, speed }: StartOptions): string {
  if (prices === 'live') return "Kalshi's own prices (public data), in real time";
  return `generated, ${markets.toLocaleString('en-US')} markets, ${speed} times as fast as real time (--prices live for Kalshi's)`;
}

function modelsText({ prices }: StartOptions, { xaiBaseUrl }: LocalSystem): string {
  if (xaiBaseUrl !== undefined) return `simulated xAI at ${xaiBaseUrl}, invented answers (XAI_API_KEY for Grok)`;
  return process.env.XAI_API_KEY !== undefined
    ? 'xAI, with your key'
    : `rule-based stand-in${prices === 'live' ? ' (XAI_API_KEY for Grok)' : ''}`;
}

function scheduleText({ dailyTime, weeklyDay }: StartOptions): string {
  const schedules = scheduleOf(functions, { dailyTime, weeklyDay });
  const of = (name: 'scan' | 'sync' | 'health') => (schedules.get(name)?.expression ?? '').replace(/rate\((.+)\)/, '$1');
  return `scan ${of('scan')} · sync ${of('sync')} · health ${of('health')} · daily ${dailyTime ?? '09:00'} · weekly ${weeklyDay ?? 'monday'} · America/New_York`;
}
