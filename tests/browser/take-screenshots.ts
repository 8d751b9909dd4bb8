/** `npm run screenshots`: the pages that docs/screenshots and the README show, from made-up data, the same every time. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import type { Store } from '../../shared/ports/store.ts';
import { halt, makeBusy } from '../api/seeded-desk.ts';
import { openBrowser, serveDesk } from './open-browser.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'screenshots');
const wide = { viewport: { width: 1280, height: 900 } } as const;
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 } as const;

const shots: Readonly<Record<string, { readonly fill: (store: Store) => Promise<void>; readonly options: BrowserContextOptions }>> = {
  dashboard: { fill: (store) => makeBusy(store), options: wide },
  dark: { fill: (store) => makeBusy(store), options: { ...wide, colorScheme: 'dark' } },
  phone: { fill: (store) => makeBusy(store), options: phone },
  halted: {
    fill: async (store) => {
      await makeBusy(store);
      await halt(store);
    },
    options: wide,
  },
  empty: { fill: async () => {}, options: wide },
};

mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
for (const [name, { fill, options }] of Object.entries(shots)) {
  const desk = await serveDesk(fill);
  const page = await browser.newPage(options);
  await page.goto(desk.url);
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`docs/screenshots/${name}.png`);
  await page.close();
  await desk.close();
}
await browser.close();
