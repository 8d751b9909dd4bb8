let loadedAt = Date.now();

const wall = new Intl.DateTimeFormat('en-US', {
  timeZone: document.body.dataset.zone ?? 'UTC',
  hourCycle: 'h23',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** The page's own now: its clock may run faster than the machine's. */
function now(): number {
  const { now: then, speed } = document.body.dataset;
  return Number(then) + (Date.now() - loadedAt) * Number(speed);
}

/** The page was read again: its clock starts anew. */
export function clockWasRead(): void {
  loadedAt = Date.now();
}

/** Says every second how long ago things were, and greys out what has become too old. */
export function keepAges(): () => void {
  setInterval(update, 1000);
  update();
  return update;
}

function update(): void {
  const at = now();
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-distance]'))
    time.textContent = distance(Date.parse(time.dateTime) - at);
  const clock = document.querySelector('[data-clock]');
  if (clock) clock.textContent = wall.format(at);
  for (const part of document.querySelectorAll<HTMLElement>('[data-stale-after]')) {
    const { at: seen, staleAfter } = part.dataset;
    if (!seen || !staleAfter) continue;
    const stale = at - Date.parse(seen) > Number(staleAfter);
    if (stale && !part.classList.contains('stale')) part.querySelector('.age')?.prepend('stale: data from ');
    part.classList.toggle('stale', stale || part.classList.contains('stale'));
  }
}

function distance(ms: number): string {
  const text = length(Math.abs(ms) / 1000);
  return ms > 0 ? `in ${text}` : `${text} ago`;
}

function length(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.round(seconds / 86_400)} d`;
}
