import { connectKalshi } from '../../shared/adapters/kalshi/connect-kalshi.ts';
import type { Credentials } from '../../shared/adapters/kalshi/signer.ts';
import { listModels } from '../../shared/adapters/xai/connection.ts';
import { failureOf } from '../../shared/adapters/xai/failure.ts';
import { type Usd, usdText } from '../../shared/domain/money.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { Exit } from '../exit.ts';

const XAI = 'https://api.x.ai/v1';
const TIMEOUT_MS = 15_000;

export interface KalshiPlace {
  readonly baseUrl: string;
  readonly clock: Clock;
}

/** Signs in with a key and says the balance. Throws ExchangeError when the exchange refuses it or cannot be reached. */
export async function tryKalshiKey({ baseUrl, clock }: KalshiPlace, credentials: Credentials): Promise<Usd> {
  const { account } = await connectKalshi({ baseUrl, clock, random: Math.random, credentials });
  if (!account) throw new Exit(1, 'kalshi: the key signs nothing. Fix: give the key file that was downloaded with the key id');
  return (await account.balance()).total;
}

/** The models an xAI key may ask. Throws Exit(1) when it is refused, Exit(3) when nobody answers. */
export async function tryXaiKey(apiKey: string, baseUrl = XAI): Promise<readonly string[]> {
  if (!/^\S{8,}$/.test(apiKey)) throw new Exit(2, 'xai: that is no key. Fix: give one line with the key and nothing else');
  try {
    return await listModels({ apiKey, baseUrl, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    const { why, detail, fix } = await failureOf(error, apiKey);
    throw new Exit(why === 'unauthorised' ? 1 : 3, `xai: ${detail}. Fix: ${fix}`, { cause: error });
  }
}

/** What a good key is shown as: enough to know it again, too little to use it. */
export function keyText(keyId: string, balance: Usd): string {
  return `key id ${keyId.slice(0, 4)}… ok, balance $${usdText(balance).slice(0, -4)}`;
}
