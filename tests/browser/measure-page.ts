/**
 * `node tests/browser/measure-page.ts`: how quick the page is with little and with much behind it, a line for each figure.
 * Medians; what a small book takes is the limit that a large one is held to, measured in the same run.
 */
import type { Browser } from 'playwright-core';
import { type Busy, makeBusy } from '../api/seeded-desk.ts';
import { openBrowser, serveDesk } from './open-browser.ts';

export const small: Busy = { trades: 12, points: 300 };
export const large: Busy = { trades: 5_000, points: 20_000 };
const LOADS = 5;
const UPDATES = 7;

export interface PageSpeed {
  /** From the last byte of the page to the first paint, ms. */
  readonly paint: number;
  /** Putting fresh parts and charts in the place of the old ones, the longest piece of it, ms. */
  readonly update: number;
}

export async function measurePage(browser: Browser, busy: Busy): Promise<PageSpeed> {
  const desk = await serveDesk((store) => makeBusy(store, busy));
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const paints: number[] = [];
  for (let load = 0; load < LOADS; load++) {
    await page.goto(desk.url);
    await page.locator('#pnl-canvas:visible').waitFor();
    paints.push(await page.evaluate(paintAfterResponse));
  }
  const updates: number[] = [];
  for (let update = 0; update < UPDATES; update++) {
    await desk.store.records.put('held-markets', 'paper', { at: Date.now(), markets: { 'KXFED-26DEC': { bid: 5_000 + update } } });
    await page.evaluate(() => performance.clearMeasures('update'));
    await page.locator('#banner form button').first().click();
    await page.waitForFunction(() => performance.getEntriesByName('update').length > 1);
    updates.push(await page.evaluate(() => Math.max(...performance.getEntriesByName('update').map(({ duration }) => duration))));
  }
  await page.close();
  await desk.close();
  return { paint: median(paints), update: median(updates) };
}

function paintAfterResponse(): number {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
  return Math.max(0, paint - (navigation?.responseEnd ?? 0));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (import.meta.main) {
  const browser = await openBrowser();
  const [few, many] = [await measurePage(browser, small), await measurePage(browser, large)];
  await browser.close();
  const budgets = { paint: 200, update: 50 };
  for (const name of ['paint', 'update'] as const) {
    const [value, limit] = [many[name], few[name]].map((ms) => Math.round(ms * 10) / 10) as [number, number];
    const figure = { figure: `page.${name}`, value, unit: 'ms', better: 'lower', limit, ratio: Math.round((value / limit) * 100) / 100 };
    console.log(JSON.stringify({ ...figure, budget: budgets[name], ok: value <= budgets[name] }));
  }
}
