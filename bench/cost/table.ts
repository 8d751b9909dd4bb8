import type { BillLine } from './bill.ts';
import type { Prices } from './measured.ts';
import type { Month } from './month.ts';

/** The bill for people: a row per price, dearest first; what is not the standing cost below it. */
export function billTable(month: Month, { prices }: Prices): string {
  const { checkedOn, region, lines, apart, list, afterFree, alarms, metrics, estimated, budget, ok } = month;
  const rows = [...Map.groupBy(lines, ({ price }) => price)]
    .map(([price, same]) => [price, total(same, 'quantity'), total(same, 'list'), total(same, 'afterFree')] as const)
    .toSorted((a, b) => b[3] - a[3] || b[2] - a[2])
    .map(([price, ...numbers]) => row(`${price}${prices[price]?.source.includes('unchecked') ? ' ~' : ''}`, ...numbers));
  return [
    `AWS, dollars a month. Prices of ${checkedOn}, ${region}; ~ is from memory, not checked.`,
    '',
    ['price'.padEnd(36), 'units'.padStart(12), 'list'.padStart(10), 'after free'.padStart(12)].join(''),
    ...rows,
    row('total', undefined, list, afterFree),
    '',
    'Reads, writes, objects and messages: measured over a day by npm run test:aws; seconds are estimates, which the free tier covers.',
    `Estimates altogether: ${estimated.join(', ')}.`,
    '',
    'Apart, at most:',
    ...apart.map(({ line, quantity, list: dollars }) => row(line, quantity, dollars, dollars)),
    '',
    `${ok ? '✓' : '✗'} $${afterFree.toFixed(2)} of $${budget.dollars.toFixed(2)}; ${alarms} alarms of ${budget.alarms}, ${metrics} metrics of ${budget.metrics}` +
      (ok ? '' : '. Fix: see the dearest lines with --json'),
  ].join('\n');
}

function total(lines: readonly BillLine[], of: 'quantity' | 'list' | 'afterFree'): number {
  return lines.reduce((sum, line) => sum + line[of], 0);
}

function row(name: string, units: number | undefined, list: number, afterFree: number): string {
  const shown = units?.toLocaleString('en-US', { maximumFractionDigits: units < 10 ? 3 : 0 }) ?? '';
  return [name.padEnd(36), shown.padStart(12), list.toFixed(4).padStart(10), afterFree.toFixed(4).padStart(12)].join('');
}
