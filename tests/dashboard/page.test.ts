import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { api } from '../../shared/api/routes/api.ts';
import { aDesk, anAlert, halt, makeBusy, NOW } from '../api/seeded-desk.ts';

async function pageOf(desk: ReturnType<typeof aDesk>): Promise<string> {
  const response = await api(desk.io).request('/');
  expect(response.status).toBe(200);
  return response.text();
}

async function busyPage(changes: Parameters<typeof aDesk>[0] = {}, busy: Parameters<typeof makeBusy>[1] = {}): Promise<string> {
  const desk = aDesk(changes);
  await makeBusy(desk.store, busy);
  return pageOf(desk);
}

/** Text as a person reads it. */
function words(page: string): string {
  return page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

/** A page in which every text that comes from outside is the given one. */
async function pageOfText(text: string): Promise<string> {
  const desk = aDesk();
  const { store } = desk;
  await makeBusy(store, { trades: 1, points: 3 });
  await store.records.put('held-markets', 'paper', { at: NOW, markets: { 'KXFED-26DEC': { title: text, bid: 5800 } } });
  await store.records.put('alert-open', `paper:${text}`, {
    alert: { ...anAlert, headline: text, happened: text, commands: [text], cause: `paper:${text}` },
    since: NOW,
    worseSince: NOW,
    told: {},
  });
  await store.records.put('ai-abstention', '2026', { ticker: text, at: NOW, strategy: text, why: text, detail: text, mid: 0.5, cost: 0 });
  await store.breakers.write('paper', { state: 'halted', cause: 'by-hand', detail: text, since: NOW, by: text, version: 1 }, 0);
  return pageOf(desk);
}

/** What could open, close or leave an element or an attribute. */
function marks(page: string): number {
  return page.match(/[<>"']/g)?.length ?? 0;
}

describe('the page', () => {
  it('cannot be given an element by the text of a market, an alert or a model', async () => {
    const plain = marks(await pageOfText('harmless'));
    const hostile = fc.oneof(
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        '</td></table><h1>',
        '&lt;script&gt;',
      ),
      fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', ';', 'a', ' '), minLength: 1, maxLength: 30 }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        expect(marks(await pageOfText(text))).toBe(plain);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['paper', 'PAPER · no real money'],
    ['demo', 'DEMO · play money'],
    ['live', 'LIVE · real money'],
  ] as const)('leaves no doubt that it is about %s', async (mode, text) => {
    const page = await pageOf(aDesk({ mode }));
    expect(words(page)).toContain(text);
    expect(page).toContain(`<html lang="en" class="${mode} active">`);
    expect(page).toContain(`/icon/${mode}-active.svg`);
  });

  it('of an empty book says why each panel is empty and claims no figure', async () => {
    const text = words(await pageOf(aDesk()));
    for (const why of [
      'No trades yet. Next scan',
      'Nothing is held.',
      'No scan yet. The first is at 14:15 EST',
      'No health check yet',
      'No alert so far',
      'No forecast yet',
      'No curve yet',
      'No forecast has settled yet',
      'Nothing is booked yet. The first sync opens the book',
      'No signal so far',
      'unknown (no closed trades)',
    ]) {
      expect(text).toContain(why);
    }
    const figures = text.slice(text.indexOf('Total P&amp;L'), text.indexOf('AI decisions'));
    expect(figures).not.toMatch(/\$0\.00/);
  });

  it('shows the clock of the zone that was asked for, and refuses what is none', async () => {
    const desk = aDesk();
    expect(words(await (await api(desk.io).request('/?zone=Asia/Tokyo')).text())).toContain('Sat, Nov 21, 04:02 GMT+9');
    expect((await api(desk.io).request('/?zone=Mars/Base')).status).toBe(400);
  });

  it('of a busy book shows figures with what they rest on', async () => {
    const text = words(await busyPage());
    expect(text).toContain('8 of 12');
    expect(text).toMatch(/Win rate 66.7% 95% 39.1% to 86.2%/);
    expect(text).toContain('75/100');
    expect(text).toContain('533 → 533 → 533 → 131 → 70 → 48 → 1');
    expect(text).toContain('Fed cuts rates in December?');
    expect(text).toMatch(/stop at 41.6¢, profit at 54.6¢, after 50% of its time/);
    expect(text).toContain('Nearest miss');
  });

  it('when halted says why, since when and the way out, also in the title', async () => {
    const desk = aDesk();
    await makeBusy(desk.store);
    await halt(desk.store);
    const page = await pageOf(desk);
    const text = words(page);
    expect(page).toContain('<title>■ HALTED PAPER</title>');
    expect(text).toMatch(/TRADING HALTED daily loss: day loss \$8\.40 hit limit \$8\.00\. Since 13:57 EST/);
    expect(text).toContain('pilot resume --reason');
    expect(page).toContain('action="/api/actions/resume"');
  });

  it('shows how far the way to the first trade has been gone', async () => {
    const steps = (page: string) =>
      page
        .slice(page.indexOf('id="first-trade"'))
        .split('</section>')[0]
        ?.match(/<li class="met">/g)?.length ?? 0;
    const desk = aDesk();
    await makeBusy(desk.store, { trades: 0 });
    expect([steps(await pageOf(aDesk())), steps(await pageOf(desk)), steps(await busyPage())]).toEqual([0, 4, 5]);
  });

  it('carries what was made in its title', async () => {
    expect(await busyPage()).toContain('<title>▲ +$12.77 PAPER</title>');
  });

  it('says that a pause by hand is ended by hand, and one by itself by itself', async () => {
    const desk = aDesk();
    await desk.store.breakers.write('paper', { state: 'reducing', cause: 'paused-by-hand', since: NOW, by: 'me', version: 1 }, 0);
    expect(words(await pageOf(desk))).toContain('A person has to end it');
    await desk.store.breakers.write('paper', { state: 'reducing', cause: 'outage', since: NOW, by: 'breaker', version: 2 }, 1);
    expect(words(await pageOf(desk))).toContain('It ends by itself with the next clean sync');
  });

  it('greys out what is older than twice its interval and says from when it is', async () => {
    const fresh = await busyPage({}, { syncedAt: NOW - 9 * 60_000 });
    const stale = await busyPage({}, { syncedAt: NOW - 11 * 60_000 });
    expect(fresh.match(/<section id="positions"[^>]*/)?.[0]).not.toContain(' stale"');
    expect(stale.match(/<section id="positions"[^>]*/)?.[0]).toContain(' stale"');
    expect(words(stale)).toContain('stale: data from');
  });

  it('shows real money apart from paper: a live page has nothing of the paper book', async () => {
    expect(words(await busyPage({ mode: 'live' }))).not.toContain('KXCPI-26NOV');
  });

  it('of the paper book beside live trading is about paper: its colour, its word, its buttons', async () => {
    const desk = aDesk({ mode: 'live' });
    await makeBusy(desk.store);
    const page = await (await api(desk.io).request('/?book=paper')).text();
    expect(page).toContain('<html lang="en" class="paper active">');
    expect(words(page)).toContain('PAPER · no real money');
    expect(words(page)).toContain('the paper book only: the system trades LIVE');
    expect(page).toContain('PAPER</title>');
    const close = page.slice(page.indexOf('id="act-close-KXFED-26DEC"')).split('</form>')[0] ?? '';
    expect(close).toContain('name="book" value="paper"');
    expect(close).toContain('Type PAPER to go on');
    expect(words(await (await api(desk.io).request('/')).text())).toContain('LIVE · real money');
  });

  it('holds neither script nor style of its own, for the policy forbids both', async () => {
    const page = await busyPage();
    expect(page).not.toMatch(/ style=|<style| on[a-z]+="|javascript:/);
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  it('offers what the emergency stop will do before it is done', async () => {
    const text = words(await busyPage());
    expect(text).toContain('in the PAPER book: stop all new orders now');
    expect(text).toContain('cancel 1 resting order ($1.50)');
    expect(text).toContain('keep 2 open positions; best bids give about $78.60');
    expect(text).toContain('Type PAPER to go on');
  });

  it('says before closing a position what it loses at worst', async () => {
    const page = await busyPage();
    const text = words(page);
    expect(text).toContain('at worst a loss of $3.38 before the exit fee: $25.60 for what cost $28.98');
    expect(text).toContain('sell 40 NO at 64¢ or better (bid 66¢)');
    expect(page).toContain('<input type="hidden" name="floor" value="0.6400">');
  });

  it('says before flattening what everything would bring and lose', async () => {
    expect(words(await busyPage())).toContain('sell 2 open positions at whatever is bid; best bids give about $78.60, +$1.25 against cost');
  });

  it('stays small with 5,000 trades and 20,000 values behind it', async () => {
    const page = await busyPage({}, { trades: 5000, points: 20_000 });
    expect(page.length).toBeLessThan(300_000);
  });
});
