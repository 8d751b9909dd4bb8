import type { Millis } from '../../shared/domain/money.ts';
import { functions } from '../../shared/system/map.ts';
import type { Crew } from './crew.ts';
import { type DrilledFunction, type Ran, recordOf } from './functions.ts';
import type { Hand } from './hand.ts';
import { BOOK, MINUTE, type Stage } from './stage.ts';

const QUARTER = 15 * MINUTE;
/** How often a job is delivered twice at once, by what starts it. */
const TWICE: Readonly<Partial<Record<DrilledFunction, number>>> = { sync: 0.1, trade: 0.15 };

/** Whoever asks for something in a drill. */
const by = { name: 'drill', reason: 'a drill' };

export interface TimetableOptions {
  readonly crew: Crew;
  readonly stage: Stage;
  readonly chance: () => number;
  readonly hand: Hand;
}

/** Starts functions as their schedules would, and as schedules do when they are not at their best: twice, late, again. */
export class Timetable {
  readonly #crew: Crew;
  readonly #stage: Stage;
  readonly #chance: () => number;

  readonly #hand: Hand;

  constructor({ crew, stage, chance, hand }: TimetableOptions) {
    this.#crew = crew;
    this.#stage = stage;
    this.#chance = chance;
    this.#hand = hand;
  }

  /** A sync, a scan and what follows from it; some twice at once, some late, some again after they died. */
  async quarter(number: number): Promise<void> {
    const chance = this.#chance;
    const at = this.#stage.start + number * QUARTER;
    this.#stage.time.moveTo(at);
    await this.#again('sync', { tick: iso(at) });
    const scanned = await this.#again('scan', { tick: iso(at) });
    const forecasted = await this.#again('forecast', recordOf(scanned));
    await this.#again('trade', recordOf(forecasted));
    if (number > 0 && chance() < 0.07) await this.#crew.run({ name: 'trade', event: { tick: iso(at - QUARTER) }, host: 1 });
    if (chance() < 0.08) this.#hand.trade();
    if (chance() < 0.1) this.#hand.removeGroup();
    if (chance() < 0.12) await this.#overlap(at);
    if (chance() < 0.2) await this.#again('alert-check', { tick: iso(at) });
    if (this.#crew.rough && chance() < 0.05) await this.#byHand(iso(at));
    await this.#resumeAtTimes();
  }

  /** The sync in between, while a trade that came late is at work, or a check of alerts. */
  async #overlap(at: Millis): Promise<void> {
    this.#stage.time.moveTo(at + 5 * MINUTE);
    this.#crew.unguarded = true;
    await this.#crew.run(
      { name: 'sync', event: { tick: iso(at + 5 * MINUTE) }, host: 0 },
      { name: this.#chance() < 0.7 ? 'trade' : 'alert-check', event: { tick: iso(at) }, host: 1 },
    );
    this.#crew.unguarded = false;
  }

  async sync(at: Millis): Promise<Ran> {
    this.#stage.time.moveTo(at);
    return this.#one('sync', { tick: iso(at) });
  }

  async alertCheck(at: Millis): Promise<Ran> {
    this.#stage.time.moveTo(at);
    return this.#one('alert-check', { tick: iso(at) });
  }

  /** What a person asks for, and asks again once the one before can no longer be at work. */
  async control(request: Readonly<Record<string, unknown>>): Promise<Ran> {
    const event = { ...by, ...request };
    const ran = await this.#one('control', event);
    if (ran.outcome.status === 'rejected' || ran.outcome.value.outcome !== 'skipped') return ran;
    this.#stage.time.moveTo(this.#stage.time.now() + functions.control.timeoutSeconds * 1000 + 1);
    return this.#one('control', event);
  }

  /** A job for its tick, perhaps twice at once; what died is sometimes started again, as a retry would. */
  async #again(name: DrilledFunction, event: object): Promise<Ran> {
    const chance = this.#chance;
    const twice = this.#crew.rough && chance() < (TWICE[name] ?? 0);
    this.#crew.unguarded = twice && chance() < 0.6;
    const work = twice ? [0, 1] : [0];
    const ran = await this.#crew.run(...work.map((host) => ({ name, event, host })));
    this.#crew.unguarded = false;
    const [first] = ran;
    if (!first) throw new Error(`${name} was not started. Fix: start it on a host`);
    if (ran.every(({ outcome }) => outcome.status === 'fulfilled') || chance() >= 0.4) return first;
    if (chance() < 0.5) this.#stage.time.moveTo(this.#stage.time.now() + functions[name].timeoutSeconds * 1000 + 1);
    return this.#one(name, event);
  }

  async #one(name: DrilledFunction, event: object): Promise<Ran> {
    const [ran] = await this.#crew.run({ name, event, host: 0 });
    if (!ran) throw new Error(`${name} was not started. Fix: start it on a host`);
    return ran;
  }

  /** Some of it while a trade is at work. */
  async #byHand(tick: string): Promise<void> {
    const [held = 'nothing'] = this.#stage.exchange.venue.account.holdings.keys();
    const actions = [
      ...[{ action: 'pause' }, { action: 'halt' }, { action: 'cancel-all' }, { action: 'flatten' }, { action: 'flatten', ticker: held }],
      ...[{ action: 'emergency' }, { action: 'emergency', close: true }, { action: 'acknowledge', cause: `${BOOK}:breaker` }],
    ];
    const request = actions[Math.floor(this.#chance() * actions.length)] ?? {};
    if (this.#chance() < 0.7) await this.control(request);
    else await this.#crew.run({ name: 'control', event: { ...by, ...request }, host: 0 }, { name: 'trade', event: { tick }, host: 1 });
  }

  /** People come back to what they stopped, and to what stopped itself. */
  async #resumeAtTimes(): Promise<void> {
    const { breaker } = this.#crew.auditor;
    if (breaker === undefined || breaker.state === 'active') return;
    const byPerson = breaker.by !== 'breaker';
    if ((byPerson || breaker.state === 'halted') && this.#chance() < (byPerson ? 0.7 : 0.5)) await this.control({ action: 'resume' });
  }
}

function iso(at: Millis): string {
  return new Date(at).toISOString();
}
