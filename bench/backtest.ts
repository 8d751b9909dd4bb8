import { DataFrame } from 'data-forge';
import { backtest, type IBar, type IStrategy } from 'grademark';
import type { Figure } from './figure.ts';
import { deskOver, playBars } from './made/bars-desk.ts';
import { madeCalibration } from './made/calibration.ts';
import type { QuoteBars } from './made/quote-bars.ts';
import { makeQuoteBars } from './made/quote-bars.ts';
import { measure } from './measure.ts';

const MARKETS = 1_000;
const SEED = 7;
/** Grademark plays one market at a time and slowly: a part of the markets tells its speed. */
const PEER_MARKETS = 60;

/**
 * Quote bars a second through screening, sizing, gate, paper fills, fees, exits, settlement and ledger, with default settings
 * over made markets; beside it the best known peer on bars of the same markets.
 */
export async function figures(): Promise<readonly Figure[]> {
  const bars = makeQuoteBars(MARKETS, SEED);
  const calibration = madeCalibration(0);
  const frames = peerFrames(bars);
  const peerBars = frames.reduce((sum, frame) => sum + frame.count(), 0);
  // One after the other: the peer's garbage would be collected in our time, and ours in its.
  const options = { warmUps: 4, runs: 9 };
  const ours = (bars.count / (await measure(() => playBars(bars, deskOver(bars, calibration)), options))) * 1000;
  const played = await measure(() => frames.map((frame) => peerStrategies.map((strategy) => backtest(strategy, frame))), options);
  const peer = (peerBars / played) * 1000;
  return [
    { figure: 'backtest.bars', value: ours, unit: 'bars/s', better: 'higher', budget: 5_000_000 },
    { figure: 'backtest.vs-grademark', value: ours / peer, unit: '× grademark', better: 'higher', limit: 1, budget: 2 },
  ];
}

interface PeerBar extends IBar {
  /** Mid a day before, made ready beforehand: the peer keeps no history of its own. */
  readonly dayAgo: number;
}

const DAY_BARS = 96;

/** The first markets' bars as the peer takes them: mids as prices. */
function peerFrames({ count, row, at, bid, ask, volume }: QuoteBars): readonly DataFrame<number, PeerBar>[] {
  const markets = Array.from({ length: PEER_MARKETS }, (): PeerBar[] => []);
  for (let bar = 0; bar < count; bar++) {
    const own = markets[row[bar] as number];
    const close = ((bid[bar] as number) + (ask[bar] as number)) / 20_000;
    const [open, dayAgo] = [own?.at(-1)?.close ?? close, own?.at(-DAY_BARS)?.close ?? Number.NaN];
    const [high, low] = [Math.max(open, close), Math.min(open, close)];
    own?.push({ time: new Date(at[bar] as number), open, high, low, close, volume: volume[bar] as number, dayAgo });
  }
  return markets.map((own) => new DataFrame<number, PeerBar>(own));
}

/**
 * Dip buying and favourites in the peer's words. It plays one strategy at a time, so each bar is played once for each; it
 * charges no fees, asks no gate and knows no second market.
 */
const peerStrategies: readonly IStrategy<PeerBar>[] = [
  {
    entryRule: (enter, { bar }) => {
      if (bar.close >= 0.2 && bar.close <= 0.8 && bar.dayAgo - bar.close >= 0.1 * bar.dayAgo) enter();
    },
    stopLoss: ({ entryPrice }) => entryPrice * 0.2,
    profitTarget: ({ entryPrice }) => entryPrice * 0.05,
  },
  {
    entryRule: (enter, { bar }) => {
      if (bar.close >= 0.85 && bar.close <= 0.97) enter();
    },
  },
];
