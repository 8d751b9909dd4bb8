import type { Mode } from '../book.ts';
import { EXCHANGE_ZONE } from '../et-day.ts';
import type { ActionItem } from '../health/action-items.ts';
import { severities } from '../health/action-items.ts';
import type { Slice } from '../metrics/breakdown.ts';
import type { MetricId } from '../metrics/performance.ts';
import { metricSpecs } from '../metrics/performance.ts';
import type { Alert, Moment } from './alert.ts';
import { alertOf } from './alert.ts';
import { dollars, metricText, plural, signedDollars, timeText } from './amounts.ts';
import type { Email } from './email.ts';
import { subjectText, tableLines } from './email.ts';
import { feedbackRows } from './feedback-text.ts';
import { capital } from './plain-text.ts';
import type { Report } from './report.ts';
import { signedPnl } from './report.ts';
import { modeLabel } from './sms.ts';

const shown: readonly MetricId[] = [
  'realisedPnl',
  'unrealisedPnl',
  'netPnl',
  'roi',
  'trades',
  'winRate',
  'breakEvenWinRate',
  'profitFactor',
  'expectancy',
  'sharpe',
  'sortino',
  'maxDrawdown',
  'currentDrawdown',
  'recoveryTime',
  'exposure',
  'capitalInUse',
  'cashReserve',
  'largestPosition',
  'fees',
  'slippage',
  'turnover',
  'winRateGap',
  'aiCost',
  'awsCost',
];
const marks = { healthy: '✓', warning: '!', critical: '✗', unknown: '?', 'not-applicable': '-' } as const;

/** The report as a person reads it, in a mail or a console: numbers first, to do next, the model's words last. */
export function reportText(report: Report, mode: Mode, zone: string = EXCHANGE_ZONE): string {
  return `${factsText(report, mode, zone)}\n${analysisLines(report).join('\n')}\n`;
}

/** All of it but the model's words: what is computed, and what a model is given to write from. */
export function factsText(report: Report, mode: Mode, zone: string = EXCHANGE_ZONE): string {
  const { kind, at, summary, reason, sections } = report;
  const blocks: readonly (readonly string[])[] = [
    [`KALSHI ${modeLabel(report, mode)}: ${kind} report`, timeText(at, zone)],
    [summary, ...(reason === undefined ? [] : [`Asked for: ${reason}`])],
    block('Health', healthLines(report)),
    block('P&L, net of fees', tableLines(pnlRows(report))),
    block(
      'Performance, all',
      tableLines(shown.map((id) => [metricSpecs[id].label, metricText(report.metrics.all[id], metricSpecs[id].unit)])),
    ),
    block('By strategy', sliceLines(report.strategies, 'no closed trades')),
    block('Exits', sliceLines(report.exits, 'none')),
    block('What closed trades say', [...tableLines(feedbackRows(report.feedback)), ...itemLines(report.feedback.items)]),
    block('Scans of the last 24 hours', funnelLines(report)),
    ...sections.map(({ title, rows }) => block(title, tableLines(rows))),
    block('Do this', actionLines(report.actionItems)),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

export function reportEmail(report: Report, mode: Mode, zone: string = EXCHANGE_ZONE): Email {
  return { subject: subjectText(subjectOf(report), modeLabel(report, mode)), body: reportText(report, mode, zone) };
}

/** The day in one message: a line on the page, the whole report in the mail. */
export function dailySummary(moment: Moment, report: Report, mode: Mode, zone: string = EXCHANGE_ZONE): Alert {
  const { metrics, healthScore, date, summary } = report;
  const day = signedPnl(metrics.today);
  return alertOf(moment, {
    type: 'WARNING',
    kind: 'report',
    subjectOf: `daily-${date}`,
    headline: `DAY ${day}, health ${healthScore ?? 'unknown'}`,
    subject: subjectOf(report),
    happened: summary,
    done: 'The report is kept',
    advice: 'See: pilot report --latest',
    commands: ['pilot report --latest'],
    values: { 'P&L today': day, Health: healthScore ?? 'unknown' },
    text: reportText(report, mode, zone),
  });
}

function subjectOf({ kind, date, healthScore, metrics }: Report): string {
  return `${capital(kind)} report ${date}: health ${healthScore ?? 'unknown'}, P&L ${signedPnl(metrics.today)} today`;
}

/** The week in one message; off by default on phones. */
export function weeklySummary(moment: Moment, report: Report): Alert {
  const { metrics, healthScore, date } = report;
  const open = report.actionItems.filter(({ closed }) => closed === undefined);
  const week = signedPnl(metrics.week);
  return alertOf(moment, {
    type: 'WEEKLY_SUMMARY',
    kind: 'report',
    subjectOf: `weekly-${date}`,
    headline: `WEEK ${week}, health ${healthScore ?? 'unknown'}`,
    subject: `week ${week}, health ${healthScore ?? 'unknown'}`,
    happened: `P&L ${signedPnl(metrics.today)} today, ${signedPnl(metrics.all)} all, ${plural(open.length, 'action item')}`,
    done: `${plural(metrics.week.trades.n, 'trade')} closed, fees ${metricText(metrics.week.fees, 'usd')}`,
    advice: 'See: pilot report --latest',
    steps: open.map(({ severity, finding, due }) => `${severity} by ${due}: ${finding}`),
    commands: ['pilot report --latest'],
    values: {
      'P&L 7 days': week,
      'P&L all': signedPnl(metrics.all),
      'Win rate': metricText(metrics.week.winRate, 'share'),
      Health: healthScore ?? 'unknown',
    },
  });
}

function healthLines({ healthScore, state, seedScore, scoreLines, checks }: Report): readonly string[] {
  const lines = checks.map((check) => `${marks[check.state]} ${check.label}: ${check.detail}`);
  const sum = ['100', ...scoreLines.map(({ points }) => String(points).replace('-', '- '))].join(' ');
  const total = healthScore === undefined ? 'Score unknown' : `Score ${healthScore} = ${sum}`;
  return [`${total} (${state}); by seed 000's rule, which counts one fact under two names: ${seedScore ?? 'unknown'}`, ...lines];
}

function pnlRows({ metrics }: Report): readonly (readonly [string, string])[] {
  return [
    ['Today', signedPnl(metrics.today)],
    ['7 days', signedPnl(metrics.week)],
    ['30 days', signedPnl(metrics.month)],
    ['All', signedPnl(metrics.all)],
  ];
}

function sliceLines(slices: readonly Slice[], none: string): readonly string[] {
  if (slices.length === 0) return [none];
  return tableLines(
    slices.map(({ key, trades, pnl, winRate }) => [
      key,
      `${signedDollars(pnl)}, ${plural(trades, 'trade')}, won ${metricText(winRate, 'share')}`,
    ]),
  );
}

function funnelLines({ funnel }: Report): readonly string[] {
  if (!funnel) return ['no scan was recorded'];
  const { scans, seen, dropped, candidates, signals, orders } = funnel;
  return tableLines([
    ['Scans', scans],
    ['Markets seen', seen],
    ...Object.entries(dropped).map(([filter, count]): [string, number] => [`dropped: ${filter}`, count]),
    ['Candidates', candidates],
    ['Signals', signals],
    ['Orders', orders],
  ]);
}

function actionLines(items: readonly ActionItem[]): readonly string[] {
  return items.length === 0 ? ['nothing'] : itemLines(items);
}

/** Most urgent first, each with its steps, then those that closed. */
export function itemLines(items: readonly ActionItem[]): readonly string[] {
  const open = severities.flatMap((severity) => items.filter((item) => item.severity === severity && item.closed === undefined));
  const closed = items.filter((item) => item.closed !== undefined);
  return [
    ...open.flatMap(({ severity, due, finding, steps }) => [`${severity} by ${due}: ${finding}`, ...steps.map((step) => `  - ${step}`)]),
    ...closed.map(({ metric, closed: day }) => `closed ${day ?? ''}: ${metric} has recovered`),
  ];
}

function analysisLines({ analysis, unwritten }: Report): readonly string[] {
  const why = unwritten === undefined ? '' : ` (${unwritten})`;
  if (!analysis) return ['Analysis', `  No model text for this report${why}; everything above is computed.`];
  const { text, struck, model, cost, tokens, seconds } = analysis;
  const spent = `${model}, ${dollars(cost, 'price unknown')}, ${tokens ?? 'unknown'} tokens, ${seconds.toFixed(1)} s`;
  const checked = struck === 0 ? 'every number is one of those above' : `${plural(struck, 'number')} struck: not among those above`;
  return ['Analysis', text.trim(), '', `${spent}; ${checked}`];
}

function block(title: string, lines: readonly string[]): readonly string[] {
  return [title, ...lines.map((line) => `  ${line}`)];
}
