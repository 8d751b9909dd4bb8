import { expect, it } from 'vitest';
import { DrillTime } from '../../../local/drills/drill-time.ts';
import { ReplayClock } from '../../../local/replay/desk.ts';
import { pacedClock, paceText, parsePace, wallClock } from '../../../shared/adapters/clock/clocks.ts';
import { clockContract } from '../../contract/clock-contract.ts';

const pace = { from: Date.now(), start: 1_700_000_000_000, speed: 250 };

clockContract('the machine’s clock', () => ({ clock: wallClock, moment: 20 }));
clockContract('a paced clock', () => ({ clock: pacedClock(pace), moment: 20 * pace.speed }));
clockContract('a replay’s clock', () => ({ clock: new ReplayClock(), moment: 3_600_000 }));
clockContract('the time of a drill', () => ({ clock: new DrillTime(0), moment: 3_600_000 }));

it('a pace is the same to every process that reads it, and half of one is refused', () => {
  expect(parsePace(paceText(pace))).toEqual(pace);
  for (const text of ['', '1,2', '1,2,0', '1,2,3,4', 'a,2,3']) expect(() => parsePace(text)).toThrow('PILOT_CLOCK');
});
