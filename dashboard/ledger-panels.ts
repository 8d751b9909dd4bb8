import { html } from 'hono/html';
import type { PageData } from '../shared/api/contract/page.ts';
import { dollars, gain, plural } from './format.ts';
import type { Html } from './html.ts';
import { nothing } from './html.ts';
import { empty, facts, panel } from './panel.ts';
import { distance } from './time.ts';

/** Where the money lies, with the reserve that no strategy may touch. */
export function allocationPanel(data: PageData): Html {
  return panel(
    { id: 'allocation', title: 'Capital allocation', watch: data, fresh: data.synced },
    data.ledger,
    ({ capital, cash, entries }) => {
      if (entries === 0) return unopened(data);
      const { equity, bankroll, reserve, inOrders, inPositions, free } = capital;
      return facts([
        ['Value', html`<strong>${dollars(equity)}</strong>${equity === null ? ' (a held market has no bid)' : ''}`],
        ['Bankroll', dollars(bankroll)],
        ['In positions, at cost', dollars(inPositions)],
        ['In resting orders', dollars(inOrders)],
        ['Cash', dollars(cash)],
        ['Locked reserve', html`${dollars(reserve)} <code>capital.cashReserve</code>`],
        ['Free to trade', dollars(free)],
      ]);
    },
  );
}

/** The book's money as a sum, and whether the exchange agrees. */
export function ledgerPanel(data: PageData): Html {
  return panel({ id: 'ledger', title: 'Ledger and reconciliation', watch: data, fresh: data.synced }, data.ledger, (ledger) => {
    const { reconciliation, balanced, entries } = ledger;
    if (entries === 0) return unopened(data);
    const agrees = { agrees: '✓ agrees', differs: '✗ differs', unknown: '? unknown' }[reconciliation.state];
    return html`${facts([
      ['Deposits', dollars(ledger.deposits)],
      ['− Buys', dollars(ledger.buys)],
      ['+ Sells', dollars(ledger.sells)],
      ['− Fees', dollars(ledger.fees)],
      ['+ Payouts', dollars(ledger.payouts)],
      ['= Cash', html`<strong>${dollars(ledger.cash)}</strong> ${balanced ? '✓ adds up' : '✗ does not add up'}`],
      ['Realised', gain(ledger.realised)],
    ])}<p class="${reconciliation.state}">${agrees}: ${reconciliation.detail}. Compared ${distance(reconciliation.at, data)}.</p>
    <p class="small">${plural(entries, 'entry').replace('entrys', 'entries')}, each booked once.</p>`;
  });
}

/** No money is shown before the account was read: it would be a zero that nobody has seen. */
function unopened(data: PageData): Html {
  const sync = data.status.jobs.find(({ name }) => name === 'sync');
  return empty(html`Nothing is booked yet. The first sync opens the book, ${distance(sync?.nextRun, data, 'when it runs')}.`);
}

export function costsPanel(data: PageData): Html {
  return panel(
    { id: 'costs', title: 'Costs', watch: data },
    data.costs,
    ({ fees, ai, cloudMonth, why }) =>
      html`${facts([
        ['Fees today, 30 days, all', `${dollars(fees.today)}, ${dollars(fees.month)}, ${dollars(fees.all)}`],
        ['AI today, this month', `${dollars(ai.today)}, ${dollars(ai.month)}`],
        ['AI budget a day', dollars(ai.budgetToday)],
        ['Cloud a month', dollars(cloudMonth)],
      ])}${why === null ? nothing : html`<p class="small">${why}</p>`}`,
  );
}
