import { describe, expect, test } from 'vitest';
import type { Alert } from '../../shared/domain/words/alert.ts';
import type { AlertChannel } from '../../shared/ports/alerts.ts';

export const sampleAlert: Alert = {
  id: '01J',
  at: Date.UTC(2026, 10, 20, 14, 15),
  type: 'CRITICAL',
  kind: 'breaker',
  cause: 'breaker',
  book: 'paper',
  headline: 'TRADING HALTED',
  subject: 'trading halted, day loss -$8.40 (limit -$8.00)',
  happened: 'Day loss -$8.40 hit limit -$8.00.',
  done: '3 orders cancelled.',
  advice: 'Open pilot status.',
  commands: ['pilot status'],
  values: { 'Day loss': '-$8.40' },
};

/** A channel with a way to break it and a way to see what arrived. */
export interface ChannelUnderTest {
  readonly channel: AlertChannel;
  /** Makes every delivery fail, or only so many. */
  breakIt(times?: number): void;
  /** Texts that arrived, oldest first. */
  arrived(): Promise<readonly string[]>;
}

/** What every way out for alerts must do. `open` gives one on which nothing has arrived. */
export function alertChannelContract(name: string, open: () => Promise<ChannelUnderTest>): void {
  describe(`${name} as AlertChannel`, () => {
    test('says what became of an alert, and what arrived names it', async () => {
      const { channel, arrived } = await open();
      expect(await channel.send(sampleAlert, { channels: ['email'] })).toMatchObject({ delivered: true });
      const texts = await arrived();
      expect(texts.length).toBeGreaterThan(0);
      for (const text of texts) expect(text).toContain('TRADING HALTED');
    });

    test('an alert is sent once per call', async () => {
      const { channel, arrived } = await open();
      await channel.send(sampleAlert, { channels: ['email'] });
      const one = (await arrived()).length;
      await channel.send(sampleAlert, { channels: ['email'] });
      expect((await arrived()).length).toBe(2 * one);
    });

    test('a failure is a value that says why and what to do, and nothing arrives', async () => {
      const { channel, breakIt, arrived } = await open();
      breakIt();
      expect(await channel.send(sampleAlert, { channels: ['email'] })).toEqual({
        delivered: false,
        detail: expect.stringMatching(/.+Fix: .+/),
      });
      expect(await arrived()).toEqual([]);
    });

    test('a failure that passes is tried again within the same call', async () => {
      const { channel, breakIt, arrived } = await open();
      breakIt(1);
      expect(await channel.send(sampleAlert, { channels: ['email'] })).toMatchObject({ delivered: true });
      expect((await arrived()).length).toBeGreaterThan(0);
    });
  });
}
