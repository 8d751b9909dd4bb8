import { html } from 'hono/html';
import type { Freshness } from '../shared/api/contract/page.ts';
import type { Html } from './html.ts';

/** Whose clock the page shows, and what it says now. */
export interface Watch {
  readonly zone: string;
  readonly now: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** An instant on the zone's clock; the client adds how long ago. */
export function moment(at: string | null | undefined, { zone, now }: Watch, absent = 'never'): Html {
  if (at === null || at === undefined) return html`${absent}`;
  const near = Math.abs(now - Date.parse(at)) < 20 * 3_600_000;
  return html`<time datetime="${at}" title="${write(at, zone, false)}">${write(at, zone, near)}</time>`;
}

/** An instant that the client counts from or down to: `12 s ago`, `in 4 min`. */
export function distance(at: string | null | undefined, watch: Watch, absent = 'never'): Html {
  if (at === null || at === undefined) return html`${absent}`;
  return html`<time data-distance datetime="${at}" title="${write(at, watch.zone, false)}">${write(at, watch.zone, true)}</time>`;
}

/** What the system's own clock says: it may run faster than the wall's. */
export function clock({ now, zone }: Watch): string {
  return write(new Date(now).toISOString(), zone, false);
}

/** Whether data is so old that it must not be taken for the present. Without data there is nothing to be stale. */
export function isStale({ at, staleAfterMs }: Freshness, now: number): boolean {
  return at !== undefined && now - Date.parse(at) > staleAfterMs;
}

function write(at: string, zone: string, short: boolean): string {
  const key = `${zone}${short}`;
  const clock = clocks.get(key) ?? clockOf(zone, short);
  clocks.set(key, clock);
  return clock.format(new Date(at));
}

function clockOf(zone: string, short: boolean): Intl.DateTimeFormat {
  const time = { timeZone: zone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat('en-US', short ? time : { ...time, weekday: 'short', day: 'numeric', month: 'short' });
}
