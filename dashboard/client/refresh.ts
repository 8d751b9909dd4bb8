import { clockWasRead } from './ages.ts';
import { measured } from './measured.ts';

const POLL_MS = 15_000;
/** Without a word for this long the line is taken to be dead. */
const SILENCE_MS = 20_000;

/** Reads the page again when something changed and puts its parts in the place of the old ones; `after` runs then. */
export function keepFresh(after: () => Promise<void>): () => Promise<void> {
  let tag: string | null = null;
  let heard = Date.now();
  const read = async () => {
    try {
      const response = await fetch(location.href, { cache: 'no-cache' });
      if (!response.ok) throw new Error(`status ${response.status}`);
      heard = Date.now();
      online(true);
      if (response.headers.get('etag') === tag && tag !== null) return;
      tag = response.headers.get('etag');
      const text = await response.text();
      measured(() => replaceParts(new DOMParser().parseFromString(text, 'text/html')));
      online(true);
      clockWasRead();
      await after();
    } catch {
      online(false);
    }
  };
  online(true);
  if (document.body.dataset.updates === 'events') {
    const events = new EventSource(`/api/events${location.search}`);
    events.addEventListener('changed', () => void read());
    events.addEventListener('alive', () => {
      heard = Date.now();
      online(true);
    });
    setInterval(() => {
      if (Date.now() - heard > SILENCE_MS) void read();
    }, POLL_MS);
  } else setInterval(() => void read(), POLL_MS);
  return read;
}

/** A part in which somebody is typing or about to decide stays as it is. */
function replaceParts(next: Document): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-part]')) {
    const fresh = next.getElementById(part.id);
    if (!fresh) continue;
    if (part.querySelector('.plot:not([hidden])')) {
      part.dataset.at = fresh.dataset.at ?? '';
      part.querySelector('.age')?.replaceWith(...document.importNode(fresh, true).querySelectorAll('.age'));
      part.classList.toggle('stale', fresh.classList.contains('stale'));
      continue;
    }
    if (part.contains(document.activeElement) || part.querySelector('.action[open]')) continue;
    const opened = new Set([...part.querySelectorAll('details[open] > summary')].map((summary) => summary.textContent));
    const copy = document.importNode(fresh, true);
    for (const summary of copy.querySelectorAll('details > summary')) {
      if (opened.has(summary.textContent)) summary.parentElement?.setAttribute('open', '');
    }
    part.replaceWith(copy);
  }
  document.title = next.title;
  document.documentElement.className = next.documentElement.className;
  document.body.dataset.now = next.body.dataset.now ?? '';
  const icon = next.getElementById('icon')?.getAttribute('href');
  if (icon) document.getElementById('icon')?.setAttribute('href', icon);
}

function online(connected: boolean): void {
  document.body.classList.toggle('offline', !connected);
  const line = document.getElementById('line');
  if (line) line.textContent = connected ? '● live' : '○ no answer: what you see may be old';
}
