import { describe, expect, it } from 'vitest';
import { functions } from '../../shared/system/map.ts';
import { periodOf, readEvent } from '../../shared/system/read-event.ts';

const now = Date.parse('2026-11-23T14:00:03Z');
const tick = '2026-11-23T14:00:00.000Z';
const read = (name: keyof typeof functions, event: unknown) => readEvent(name, functions[name], event, now);

describe('what starts a function', () => {
  it('is a schedule’s event: its tick, to the millisecond', () => {
    expect(read('scan', { tick: '2026-11-23T14:00:00Z' })).toEqual({ tick, payload: { tick: '2026-11-23T14:00:00Z' } });
  });

  it('is, in a chain, the tick of the schedule at its beginning', () => {
    const scanned = { requestPayload: { tick }, responsePayload: { outcome: 'ok' } };
    expect(read('forecast', scanned)).toEqual({ tick, payload: { tick } });
    expect(read('trade', { requestPayload: scanned, responsePayload: { outcome: 'ok' } })).toEqual({ tick, payload: { tick } });
  });

  it('goes on after a step that failed, and not after one that had nothing to do, however far back', () => {
    const failed = { requestPayload: { tick }, responsePayload: { errorType: 'Error', errorMessage: 'no' } };
    expect(read('forecast', failed).nothing).toBeUndefined();
    expect(read('forecast', { requestPayload: { tick }, responsePayload: null }).nothing).toBeUndefined();
    const skipped = { requestPayload: { tick }, responsePayload: { outcome: 'skipped' } };
    expect(read('forecast', skipped).nothing).toMatch(/nothing to do/);
    expect(read('trade', { requestPayload: skipped, responsePayload: { outcome: 'ok' } }).nothing).toMatch(/nothing to do/);
  });

  it('is now where a person or a browser asks without a time', () => {
    expect(read('control', { action: 'halt' })).toEqual({ tick: '2026-11-23T14:00:03.000Z', payload: { action: 'halt' } });
    expect(read('api', undefined).tick).toBe('2026-11-23T14:00:03.000Z');
  });

  it.each([{}, { tick: 'soon' }, { tick: 7 }, null, 'scan'])('refuses %j for what the clock starts, with the fix', (event) => {
    expect(() => read('sync', event)).toThrow(/^sync: tick .* is no time\. Fix: send \{"tick":/);
  });

  it('refuses a time that is none from a person too', () => expect(() => read('control', { tick: 'yesterday' })).toThrow(/Fix: /));
});

describe('how long a tick is worth running', () => {
  it('is until its successor is due, in a chain that of its beginning', () => {
    expect(periodOf('sync', functions)).toBe(300_000);
    expect(periodOf('health', functions)).toBe(3_600_000);
    expect(periodOf('trade', functions)).toBe(900_000);
    expect(periodOf('daily-report', functions)).toBe(86_400_000);
  });

  it('has no end for what is started by hand', () => expect(periodOf('control', functions)).toBeUndefined());
});
