import { wallClock } from '../../shared/adapters/clock/clocks.ts';
import { connectKalshi } from '../../shared/adapters/kalshi/connect-kalshi.ts';
import type { Credentials } from '../../shared/adapters/kalshi/signer.ts';
import { listModels } from '../../shared/adapters/xai/connection.ts';
import { failureOf } from '../../shared/adapters/xai/failure.ts';
import { type Usd, usdText } from '../../shared/domain/money.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { processEnvironment } from '../../shared/system/config/process-environment.ts';
import { type ExchangeName, exchanges } from '../../shared/system/exchange-address.ts';
import { commandEnvironment } from '../connect.ts';
import { Exit } from '../exit.ts';
import { waiting } from '../waiting.ts';

const XAI = 'https://api.x.ai/v1';
const TIMEOUT_MS = 15_000;

interface KalshiPlace {
  readonly baseUrl: string;
  readonly clock: Clock;
}

/** How keys are tried. Each throws when a key is refused or nobody answers. */
export interface Trials {
  kalshi(exchange: ExchangeName, key: Credentials): Promise<{ readonly balance: Usd; readonly baseUrl: string }>;
  xai(apiKey: string): Promise<readonly string[]>;
}

/** Tries keys where they will be used. What takes long shows that it goes on. */
export function keyTrials(): Trials {
  return {
    kalshi: async (exchange, key) => {
      // Another address than Kalshi's own is a simulated exchange, and is kept with its key. That in `.env` is the last setup's.
      const baseUrl = processEnvironment().KALSHI_BASE_URL ?? exchanges[exchange];
      return { baseUrl, balance: await waiting(`Kalshi ${exchange}`, tryKalshiKey({ baseUrl, clock: wallClock }, key)) };
    },
    xai: (apiKey) => waiting('xAI', tryXaiKey(apiKey, commandEnvironment().XAI_BASE_URL)),
  };
}

/** Signs in with a key and says the balance. Throws ExchangeError when the exchange refuses it or cannot be reached. */
export async function tryKalshiKey({ baseUrl, clock }: KalshiPlace, credentials: Credentials): Promise<Usd> {
  const { account } = await connectKalshi({ baseUrl, clock, random: Math.random, credentials });
  if (!account) throw new Exit(1, 'kalshi: the key signs nothing. Fix: give the key file that was downloaded with the key id');
  return (await account.balance()).total;
}

/** The models an xAI key may ask. Throws Exit(1) when it is refused, Exit(3) when nobody answers. */
async function tryXaiKey(apiKey: string, baseUrl = XAI): Promise<readonly string[]> {
  if (!/^\S{8,}$/.test(apiKey)) throw new Exit(2, 'xai: that is no key. Fix: give one line with the key and nothing else');
  try {
    return await listModels({ apiKey, baseUrl, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    const { why, detail, fix } = await failureOf(error, apiKey);
    throw new Exit(why === 'unauthorised' ? 1 : 3, `xai: ${detail.replace(/\.$/, '')}. Fix: ${fix}`, { cause: error });
  }
}

/** What a good key is shown as: enough to know it again, too little to use it. */
export function keyText(keyId: string, balance: Usd): string {
  return `key id ${keyId.slice(0, 4)}… ok, balance $${usdText(balance).slice(0, -4)}`;
}
