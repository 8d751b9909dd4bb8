import { html } from 'hono/html';
import type { CalibrationJson } from '../shared/api/contract/learning.ts';
import type { PageData } from '../shared/api/contract/page.ts';
import { dollars, percent, plural } from './format.ts';
import type { Html } from './html.ts';
import { nothing } from './html.ts';
import { empty, panel, row, table } from './panel.ts';
import { moment } from './time.ts';

/** What the models said, beside the market's price of the same moment, and what it cost. */
export function aiPanel(data: PageData): Html {
  return panel(
    { id: 'ai', title: 'AI decisions', watch: data, wide: true },
    data.ai,
    ({ spentToday, simulated, budget, models, log, calls }) => {
      const share = Math.min(1, Number(spentToday ?? 0) / Math.max(1e-9, Number(budget)));
      const spend = html`<p>AI spend ${dollars(spentToday)} of ${dollars(budget)} today${simulated ? ', simulated: no real money' : ''} <meter min="0" max="1" value="${share}" aria-label="AI budget used"></meter> · ${plural(calls, 'call')} in 30 days</p>`;
      const weights =
        models.length === 0
          ? 'No model has earned a weight yet: none has settled forecasts.'
          : models.map(({ model, state, weight }) => `${model} ${state}, weight ${percent(weight)}`).join(' · ');
      const rows = log
        .slice(0, 15)
        .map(({ at, ticker, kind, probability, market, cost, detail }) =>
          row(
            [
              moment(at, data),
              ticker,
              kind === 'forecast' ? `${percent(probability)} vs ${percent(market)}` : 'no forecast',
              detail,
              dollars(cost),
            ],
            [4],
          ),
        );
      const list =
        log.length === 0
          ? empty('No forecast yet. After each scan the best candidates are asked about, within the budget.')
          : table('AI decisions', ['When', 'Market', 'Forecast vs market', 'How', 'Cost'], rows);
      return html`${spend}<p class="small">${weights}</p>${list}`;
    },
  );
}

/** Forecast against outcome: on the diagonal is honest. */
export function calibrationPanel(data: PageData): Html {
  return panel({ id: 'calibration', title: 'Calibration', watch: data }, data.calibration, (calibration) => {
    const { settled, why, brier, marketBrier, skill, error, market, bins } = calibration;
    const prices =
      market === null
        ? 'Prices have not been fitted yet; that happens nightly.'
        : `Prices: ${plural(market.events, 'event')} settled, correction ${market.active ? 'in use' : 'not used: it does not beat the raw price'}.`;
    if (why !== null)
      return html`${empty(`${why.slice(0, 1).toUpperCase()}${why.slice(1)}. A forecast settles when its market ends.`)}<p class="small">${prices}</p>`;
    return html`${diagram(bins)}<p>${plural(settled, 'settled forecast')}. Brier ${brier?.toFixed(4)}, market ${marketBrier?.toFixed(4)},
      skill ${skill === null ? 'unknown' : percent(skill)}. ${error === null ? nothing : html`Error ${percent(error.value)} (95% ${percent(error.low)} to ${percent(error.high)}).`}</p>
      <p class="small">${prices}</p>`;
  });
}

const SIZE = 200;

function diagram(bins: CalibrationJson['bins']): Html {
  const at = (share: number) => (share * SIZE).toFixed(1);
  const label = `Calibration: ${bins.map(({ claimed, happened, count }) => `said ${percent(claimed)}, came true ${percent(happened)}, ${count} times`).join('; ')}`;
  return html`<svg class="square" viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="${label}"><line class="limit" x1="0" y1="${SIZE}" x2="${SIZE}" y2="0"/>
    ${bins.map(({ claimed, happened }) => html`<circle class="dot" cx="${at(claimed)}" cy="${at(1 - happened)}" r="4"/>`)}</svg>`;
}
