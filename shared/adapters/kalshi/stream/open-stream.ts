import { ExchangeError } from '../../../ports/exchange-error.ts';
import type { StreamEvent } from '../../../ports/market-stream.ts';
import type { Kalshi } from '../connect-kalshi.ts';
import { KalshiStream } from './kalshi-stream.ts';

/** The stream of a connection. Its handshake is signed even for public channels: throws ExchangeError without a key. */
export function openStream(kalshi: Kalshi, random: () => number, onEvent: (event: StreamEvent) => void): KalshiStream {
  const { signer, transport, canary, streamUrl } = kalshi;
  if (!signer) {
    const fix = 'set KALSHI_KEY_ID and KALSHI_PRIVATE_KEY_PATH: the stream needs a key even for public data';
    throw new ExchangeError(`stream: needs a key and there is none. Fix: ${fix}`, { outcome: 'not-sent', code: 'no_key', fix });
  }
  const skew = () => transport.serverClock.skew();
  return new KalshiStream({ url: streamUrl, signer, clock: transport.clock, random, canary, skew, onEvent });
}
