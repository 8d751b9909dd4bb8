const RealDate = Date;

/** What the process takes for now, less the real now, ms. */
let shift = 0;

const now = (): number => RealDate.now() + shift;

/** From here on it is this time, and goes on from there. */
export function setTime(at: number): void {
  shift = at - RealDate.now();
}

/** Makes every `Date` of this process tell the shifted time. Timers and `performance` keep the real pace. */
export function shiftDates(): void {
  const Shifted = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, property) => (property === 'now' ? now : Reflect.get(target, property)),
  });
  RealDate.prototype.constructor = Shifted;
  globalThis.Date = Shifted;
}
