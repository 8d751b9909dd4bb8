import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildDashboard } from '../../local/build-dashboard.ts';
import { anAlert, halt, makeBusy } from '../api/seeded-desk.ts';
import { openPhone, type Phone } from '../api/sign-in/phone.ts';
import { person } from '../api/sign-in/pool.ts';
import { openBrowser } from './open-browser.ts';

let browser: Browser;
let phone: Phone;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  phone = await openPhone((store) => makeBusy(store), await buildDashboard());
  context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await phone.close();
});

/** The address that a message about the seeded alert carries. */
const deepLink = `/a/${anAlert.at.toString(36)}`;

async function open(path: string): Promise<void> {
  await page.goto(`${phone.url}${path}`);
  await page.locator('input[name=name]').fill(person.name);
  await page.locator('input[name=password]').fill(person.password);
  await page.locator('button').tap();
  await page.waitForURL(`${phone.url}${path}`);
}

async function act(id: string, fields: Readonly<Record<string, string>> = {}): Promise<string | null> {
  const details = page.locator(`[id="act-${id}"]`);
  await details.locator('summary').tap();
  for (const [name, value] of Object.entries({ word: 'PAPER', ...fields })) await details.locator(`input[name=${name}]`).fill(value);
  await details.locator('button').tap();
  await details.locator('output', { hasText: /✓|✗/ }).waitFor();
  return details.locator('output').textContent();
}

const names = () => phone.acts.map(({ action }) => action.name);

describe('a phone', () => {
  it('signs in once, comes to the alert its message was about, and acknowledges it there', async () => {
    await open(deepLink);
    expect(await page.locator('main').textContent()).toContain('CASH LOW 9.4% (min 15%)');
    await page.locator('button', { hasText: 'Acknowledge' }).tap();
    await page.locator('output', { hasText: 'acknowledge done' }).waitFor();
    expect(phone.acts[0]?.body.cause).toBe('paper:cash-low');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  it('pauses, closes one position, flattens and stops everything, each with the word typed', async () => {
    await open('/');
    expect(await act('pause')).toBe('✓ pause done');
    expect(await act('close-KXFED-26DEC')).toBe('✓ close done');
    expect(await act('flatten')).toBe('✓ flatten done');
    expect(await act('emergency')).toBe('✓ emergency done');
    expect(names()).toEqual(['pause', 'close', 'flatten', 'emergency']);
    expect(phone.acts[1]?.body).toMatchObject({ ticker: 'KXFED-26DEC', floor: '0.5600' });
  });

  it('resumes with a reason', async () => {
    await halt(phone.store);
    await open('/');
    expect(await act('resume', { reason: 'looked into it' })).toBe('✓ resume done');
  });

  it('has buttons as large as a thumb', async () => {
    await open('/');
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    const heights = await page
      .locator('.action > summary:visible, button:visible, a.button:visible')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(10);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  });

  it('finds the trades that were asked for', async () => {
    await open('/');
    await page.locator('#filter').fill('stop');
    expect(await page.locator('#trades tbody tr:visible').count()).toBe(4);
  });

  it('stays signed in when its token ends: the page opens, and a button that was waiting still works', async () => {
    await open('/');
    await context.clearCookies({ name: 'pilot-session' });
    expect(await act('pause')).toBe('✓ pause done');
    expect(names()).toEqual(['pause']);
    await context.clearCookies({ name: 'pilot-session' });
    await page.goto(phone.url);
    expect(await page.locator('h1').textContent()).toBe('Kalshi Pilot');
    expect(phone.pool.asked).toEqual(['authorization_code', 'refresh_token', 'refresh_token']);
  });

  it.each(['/auth/goodbye', deepLink])('finds nothing serious in the way of anybody at %s', async (path) => {
    await context.close();
    context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, bypassCSP: true });
    page = await context.newPage();
    await (path === deepLink ? open(path) : page.goto(`${phone.url}${path}`));
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    await page.addScriptTag({ content: axe.source });
    const { violations } = (await page.evaluate('axe.run(document)')) as {
      readonly violations: readonly { readonly id: string; readonly impact: string }[];
    };
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });

  it('that was signed out everywhere is told that nothing was done', async () => {
    await open('/');
    await context.clearCookies();
    expect(await act('pause')).toBe('✗ signed out: nothing was done. Fix: reload the page and sign in');
    expect(names()).toEqual([]);
  });

  it('signs out, and then has to sign in again', async () => {
    await open('/');
    await page.locator('a', { hasText: 'Sign out' }).tap();
    await page.locator('h1', { hasText: 'Signed out' }).waitFor();
    await page.locator('a', { hasText: 'Sign in again' }).tap();
    await page.locator('input[name=password]').waitFor();
    expect(page.url()).toContain(`${phone.pool.domain}/login?`);
  });
});
