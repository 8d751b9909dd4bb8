import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ApiSettings } from '../../shared/api/routes/api-io.ts';
import { streamChanges } from '../../shared/api/routes/events.ts';
import type { Store } from '../../shared/ports/store.ts';
import { halt, makeBusy, NOW } from '../api/seeded-desk.ts';
import { openBrowser, type ServedDesk, serveDesk } from './open-browser.ts';

let browser: Browser;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const empty = async () => {};
const busy = (store: Store) => makeBusy(store);
const halted = async (store: Store) => {
  await makeBusy(store);
  await halt(store);
};
const stale = (store: Store) => makeBusy(store, { syncedAt: NOW - 3_600_000 });

interface Seen extends ServedDesk {
  readonly page: Page;
  /** What the browser complained about: scripts that failed, what the policy refused. */
  readonly complaints: string[];
}

async function see(
  fill: (store: Store) => Promise<void>,
  options: BrowserContextOptions = {},
  changes: Partial<ApiSettings> = {},
): Promise<Seen> {
  const desk = await serveDesk(fill, changes);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => (message.type() === 'error' ? complaints.push(message.text()) : undefined));
  page.on('pageerror', (error) => complaints.push(error.message));
  closing.push(async () => {
    await context.close();
    await desk.close();
  });
  await page.goto(desk.url);
  return { ...desk, page, complaints };
}

async function act(page: Page, name: string, fields: Record<string, string> = {}): Promise<string | null> {
  const details = page.locator(`#act-${name}`).first();
  await details.locator('summary').click();
  for (const [field, value] of Object.entries({ word: 'PAPER', ...fields })) await details.locator(`input[name=${field}]`).fill(value);
  await details.locator('button').click();
  await page.waitForFunction((id) => /✓|✗/.test(document.querySelector(`#${id} output`)?.textContent ?? ''), `act-${name}`);
  return details.locator('output').textContent();
}

describe('the page in a browser', () => {
  it.each([
    ['empty', empty],
    ['busy', busy],
    ['halted', halted],
    ['stale', stale],
  ] as const)('that is %s loads without a complaint', async (_name, fill) => {
    const { page, complaints } = await see(fill);
    await page.waitForTimeout(300);
    expect(await page.locator('#cards .card').count()).toBe(7);
    expect(complaints).toEqual([]);
  });

  it('draws charts that can be pointed at, over those that came with it', async () => {
    const { page } = await see(busy);
    await page.locator('#pnl-canvas:visible').waitFor();
    expect(await page.locator('#pnl svg').isVisible()).toBe(false);
    await page.locator('input[name=range][value=all]').check();
    expect(await page.locator('#drawdown-canvas').isVisible()).toBe(true);
  });

  it('counts up from what was synced and down to what runs next', async () => {
    const { page } = await see(busy);
    expect(await page.locator('#top').textContent()).toMatch(/synced 1\d s ago · scan in 14 min|synced 1\d s ago · scan in 1[23] min/);
  });

  it('greys out what is stale and says from when it is', async () => {
    const { page } = await see(stale);
    expect(await page.locator('#positions.stale').count()).toBe(1);
    expect(await page.locator('#positions .age').textContent()).toContain('stale: data from');
    expect(await page.locator('#funnel.stale').count()).toBe(0);
  });

  it('says in title and icon that trading is halted', async () => {
    const { page } = await see(halted);
    expect(await page.title()).toBe('■ HALTED PAPER');
    expect(await page.locator('#icon').getAttribute('href')).toBe('/icon/paper-halted.svg');
    expect(await page.locator('#banner').textContent()).toContain('day loss $8.40 hit limit $8.00');
  });

  it.each([
    ['paper', 'rgb(109, 40, 217)'],
    ['live', 'rgb(185, 28, 28)'],
  ] as const)('is framed in the colour of %s', async (mode, colour) => {
    const { page } = await see(busy, {}, { mode });
    expect(await page.evaluate(() => getComputedStyle(document.body).borderTopColor)).toBe(colour);
  });

  it.each([
    ['empty', empty],
    ['busy', busy],
    ['halted', halted],
  ] as const)('that is %s needs no sideways scrolling at 390 px, even with everything open', async (_name, fill) => {
    const { page } = await see(fill, { viewport: { width: 390, height: 844 } });
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  it('follows the system into the dark', async () => {
    const { page } = await see(busy, { colorScheme: 'dark' });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(19, 17, 16)');
  });

  it.each([
    ['light', busy, {}],
    ['dark', busy, { colorScheme: 'dark' }],
    ['halted on a phone', halted, { viewport: { width: 390, height: 844 } }],
    ['empty', empty, {}],
    ['stale', stale, {}],
  ] as const)('is open to everybody: axe finds nothing serious (%s)', async (_name, fill, options) => {
    const { page } = await see(fill, { ...options, bypassCSP: true });
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    await page.addScriptTag({ content: axe.source });
    const found = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
    const { violations } = found as { violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] };
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual([]);
  });

  it('gains no element from hostile text', async () => {
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>"><b>';
    const [plain, attacked] = [
      await see((store) => makeBusy(store, { title: 'harmless' })),
      await see((store) => makeBusy(store, { title: hostile })),
    ];
    const count = (page: Page) => page.evaluate(() => document.querySelectorAll('body *').length);
    await attacked.page.locator('#pnl-canvas:visible').waitFor();
    await plain.page.locator('#pnl-canvas:visible').waitFor();
    expect(await count(attacked.page)).toBe(await count(plain.page));
    expect(await attacked.page.title()).toContain('PAPER');
    expect(attacked.complaints).toEqual([]);
  });

  it('weighs at most 150 KB compressed, all in all', async () => {
    const { page, url } = await see(busy);
    const parts = await Promise.all(
      ['', 'client.js', 'style.css', 'icon/paper-active.svg', 'api/chart-data'].map(async (path) => {
        const response = await page.request.get(`${url}${path}`);
        return gzipSync(await response.body()).length;
      }),
    );
    expect(parts.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
  });
});

describe('without scripts', () => {
  it('the page shows everything and its buttons work', async () => {
    const { page, acts } = await see(busy, { javaScriptEnabled: false });
    expect(await page.locator('#pnl svg').isVisible()).toBe(true);
    expect(await page.locator('#trades tbody tr').count()).toBe(12);
    // What would do nothing is not offered.
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await page.locator('.ranges').isVisible()).toBe(false);
    const pause = page.locator('#act-pause');
    await pause.locator('summary').click();
    await pause.locator('input[name=word]').fill('PAPER');
    await pause.locator('button').click();
    expect(await page.locator('main').textContent()).toContain('pause done');
    expect(acts.map(({ action }) => action.name)).toEqual(['pause']);
  });
});

describe('a person at the page', () => {
  it('runs a job, pauses, resumes, stops in an emergency and acknowledges, each with what came of it beside it', async () => {
    const { page, acts, complaints } = await see(busy);
    expect(await act(page, 'run-scan')).toBe('✓ run done');
    expect(await act(page, 'pause')).toBe('✓ pause done');
    expect(await act(page, 'emergency')).toBe('✓ emergency done');
    await page.locator('#banner button', { hasText: 'Acknowledge' }).click();
    await page.locator('#banner output', { hasText: 'acknowledge done' }).waitFor();
    expect(acts.map(({ action }) => action.name)).toEqual(['run', 'pause', 'emergency', 'acknowledge']);
    const stopped = await see(halted);
    expect(await act(stopped.page, 'resume', { reason: 'looked into it' })).toBe('✓ resume done');
    expect(stopped.acts[0]?.body.reason).toBe('looked into it');
    expect(complaints).toEqual([]);
  });

  it('who types another word is told, and nothing happens', async () => {
    const { page, acts } = await see(busy);
    expect(await act(page, 'emergency', { word: 'LIVE' })).toContain('✗ word: type PAPER to go on');
    expect(acts).toEqual([]);
  });

  it('finds trades with / and the emergency stop with e', async () => {
    const { page } = await see(busy);
    await page.keyboard.press('/');
    await page.keyboard.type('stop');
    expect(await page.locator('#trades tbody tr:visible').count()).toBe(4);
    await page.locator('#filter').fill('');
    await page.locator('#filter').blur();
    await page.keyboard.press('e');
    expect(await page.evaluate(() => document.activeElement?.closest('details')?.id)).toBe('act-emergency');
    await page.keyboard.press('Escape');
    expect(await page.locator('.action[open]').count()).toBe(0);
  });

  it('sees a change without asking, and keeps what is being typed', async () => {
    const { page, store } = await see(busy, {}, { updates: streamChanges });
    await page.locator('#act-emergency summary').click();
    await page.locator('#act-emergency input[name=word]').fill('PAP');
    await halt(store);
    await page.waitForFunction(() => document.title.startsWith('■ HALTED'), undefined, { timeout: 15_000 });
    expect(await page.locator('#banner').textContent()).toContain('TRADING HALTED');
    expect(await page.locator('#act-emergency input[name=word]').inputValue()).toBe('PAP');
  });

  it('is told when the system no longer answers', async () => {
    const { page, close } = await see(busy, {}, { updates: 'poll' });
    await close();
    await page.locator('#line', { hasText: 'no answer' }).waitFor({ timeout: 20_000 });
    expect(await page.locator('#line').textContent()).toBe('○ no answer: what you see may be old');
  });
});
