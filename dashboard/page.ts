import { html } from 'hono/html';
import type { PageData } from '../shared/api/contract/page.ts';
import { aiPanel, calibrationPanel } from './ai-panels.ts';
import { alertsPanel, banner } from './alerts.ts';
import { cards } from './cards.ts';
import { chartPanels } from './charts.ts';
import { checklistPanel, firstTradePanel, validationPanel } from './checklists.ts';
import type { Html } from './html.ts';
import { jobsPanel, levelsPanel } from './jobs.ts';
import { allocationPanel, costsPanel, ledgerPanel } from './ledger-panels.ts';
import { funnelPanel, opportunitiesPanel, strategiesPanel } from './market-panels.ts';
import { positionsPanel, resolutionsPanel } from './positions.ts';
import { reportPanel } from './report-panel.ts';
import { riskPanel } from './risk.ts';
import { topBar } from './top-bar.ts';
import { metricsPanel, tradesPanel } from './trades.ts';

/** The whole page, ready to read: it works without scripts and prints well; the client only keeps it fresh. */
export function page(data: PageData): Html {
  const { title, status, book, updates, now, zone } = data;
  const { state, speed } = status;
  return html`<!doctype html>
<html lang="en" class="${book} ${state}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title>
<link rel="icon" id="icon" href="/icon/${book}-${state}.svg"><link rel="stylesheet" href="/style.css"><script src="/client.js" type="module"></script></head>
<body data-updates="${updates}" data-now="${now}" data-speed="${speed}" data-zone="${zone}" data-book="${book}">
<a class="skip" href="#main">Skip to the figures</a>
${topBar(data)}
<main id="main">
${banner(data)}
${cards(data)}
<div class="grid">
${chartPanels(data)}
${positionsPanel(data)}
${riskPanel(data)}
${funnelPanel(data)}
${tradesPanel(data)}
${strategiesPanel(data)}
${opportunitiesPanel(data)}
${aiPanel(data)}
${calibrationPanel(data)}
${reportPanel(data)}
${resolutionsPanel(data)}
${allocationPanel(data)}
${alertsPanel(data)}
${jobsPanel(data)}
${validationPanel(data)}
${checklistPanel(data)}
${ledgerPanel(data)}
${costsPanel(data)}
${levelsPanel(data)}
${firstTradePanel(data)}
${metricsPanel(data)}
</div></main>
${foot(data)}
</body></html>`;
}

const zones = [
  'UTC',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Europe/London',
  'Europe/Berlin',
  'Asia/Tokyo',
];

/** Whose clock the page shows can be chosen without a script; the choice is part of the address. */
function foot({ zone, homeZone, book, signsIn }: PageData): Html {
  const offered = [...new Set([homeZone, zone, ...zones])];
  return html`<footer><form class="zones" method="get" action="/"><input type="hidden" name="book" value="${book}"><label>Times in <select name="zone">
    ${offered.map((name) => html`<option${name === zone ? html` selected` : ''}>${name}</option>`)}</select></label> <button>Show</button></form>
  <p>Times in ${zone}. Figures net of fees. Keys: <kbd>/</kbd> filter trades, <kbd>e</kbd> emergency stop. Nothing here is advice.</p>
  ${signsIn ? html`<p><a href="/auth/logout">Sign out</a></p>` : ''}</footer>`;
}
