import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { large, measurePage, small } from './measure-page.ts';
import { openBrowser } from './open-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());

it('stays as quick with 5,000 trades and 20,000 values behind it: what is shown is bounded', { timeout: 90_000, retry: 1 }, async () => {
  const [few, many] = [await measurePage(browser, small), await measurePage(browser, large)];
  expect(many.paint / few.paint).toBeLessThan(3);
  expect(many.update / few.update).toBeLessThan(5);
});
