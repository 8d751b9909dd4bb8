import { answerActions } from './client/actions.ts';
import { keepAges } from './client/ages.ts';
import { drawCharts } from './client/charts.ts';
import { filterTrades } from './client/filter.ts';
import { listenKeys } from './client/keys.ts';
import { keepFresh } from './client/refresh.ts';

/** Keeps the page fresh; everything it shows is already there without it. */
document.body.classList.add('live');
const charts = drawCharts();
const ages = keepAges();
const refresh = keepFresh(() => {
  filterTrades();
  ages();
  return charts();
});
answerActions(refresh);
listenKeys();
document.addEventListener('input', filterTrades);
