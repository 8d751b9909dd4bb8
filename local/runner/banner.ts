import { readFileSync } from 'node:fs';
import { defaultZone, scheduleOf } from '../../shared/system/map/schedule.ts';
import { type FunctionName, functions } from '../../shared/system/map.ts';
import type { StartOptions } from './start-local.ts';
import type { LocalSystem } from './system.ts';

/** What a person sees first: what runs, with whose money, where, and what to do next. */
export function banner(options: StartOptions, system: LocalSystem, dashboard: string): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  return [
    '',
    `  kalshi-pilot ${version}`.padEnd(54) + moneyText(options),
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
    '               npx pilot setup       connect Kalshi and xAI',
    '  Ctrl-C stops. Nothing is traded while stopped.',
    '',
  ].join('\n');
}

function moneyText({ mode, prices }: StartOptions): string {
  if (mode === 'paper') return 'PAPER · no real money · no keys needed';
  return `DEMO · play money on ${prices === 'live' ? "Kalshi's demo exchange" : 'a simulated exchange'}`;
}

function marketsText({ mode, prices, markets, speed }: StartOptions): string {
  if (prices === 'live') return `Kalshi's own prices (${mode === 'paper' ? 'public data' : 'its demo exchange'}), in real time`;
  return `generated, ${markets.toLocaleString('en-US')} markets, ${speed} times as fast as real time (--prices live for Kalshi's)`;
}

function modelsText({ prices }: StartOptions, { xaiBaseUrl }: LocalSystem): string {
  if (xaiBaseUrl !== undefined) return `simulated xAI at ${xaiBaseUrl}, invented answers (XAI_API_KEY for Grok)`;
  return process.env.XAI_API_KEY !== undefined
    ? 'xAI, with your key'
    : `rule-based stand-in${prices === 'live' ? ' (XAI_API_KEY for Grok)' : ''}`;
}

/** Each job that the clock starts by day, with its time; the rest by how often. */
function scheduleText({ dailyTime, weeklyDay }: StartOptions): string {
  const schedules = scheduleOf(functions, { dailyTime, weeklyDay });
  const every = (name: FunctionName) => (schedules.get(name)?.expression ?? '').replace(/rate\((.+)\)/, '$1');
  const at = (name: FunctionName) => {
    const [minute = '', hour = ''] = (schedules.get(name)?.expression ?? '').replace('cron(', '').split(' ');
    return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  };
  const often = (['scan', 'sync', 'health'] as const).map((name) => `${name} ${every(name)}`).join(' · ');
  const daily = `report ${at('daily-report')}, analysis ${at('daily-analysis')}`;
  return `${often} · daily ${daily} · weekly ${weeklyDay ?? 'monday'} ${at('weekly-analysis')} · ${defaultZone}`;
}
