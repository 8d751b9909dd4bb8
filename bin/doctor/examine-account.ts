import type { Kalshi } from '../../shared/adapters/kalshi/connect-kalshi.ts';
import { getApiKeys } from '../../shared/adapters/kalshi/endpoints/get-api-keys.ts';
import type { Mode } from '../../shared/domain/book.ts';
import { type Millis, usdText } from '../../shared/domain/money.ts';
import { ExchangeError } from '../../shared/ports/exchange-error.ts';
import type { Finding } from './finding.ts';

const DAY: Millis = 86_400_000;
/** Enough to notice and to act. */
const REGION_WARNING = 7 * DAY;

/**
 * The key and what it may do. Paper needs none; whoever sends orders needs one that may trade. `running` is the mode of the
 * system that runs here, if one does: it signs with a key of its own.
 */
export async function examineAccount(kalshi: Kalshi, keyId: string | undefined, mode: Mode, running?: Mode): Promise<readonly Finding[]> {
  const { account, transport } = kalshi;
  if (!account || keyId === undefined) return [keyless(mode, running)];
  try {
    const { total } = await account.balance();
    const { api_keys: keys, api_key_region_expiration_ts: expires } = await transport.call(getApiKeys, {});
    const scopes = keys.find(({ api_key_id }) => api_key_id === keyId)?.scopes;
    return [
      { check: 'Key', state: 'ok', text: `${keyId.slice(0, 8)}… is known, balance $${usdText(total).slice(0, -4)}` },
      scopesFinding(scopes, mode),
      regionFinding(expires ?? undefined, transport.clock.now()),
      limitsFinding(kalshi),
    ];
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    const [text = ''] = error.message.split(' Fix: ');
    return [{ check: 'Key', state: 'problem', text, fix: error.fix }];
  }
}

function keyless(mode: Mode, running: Mode | undefined): Finding {
  if (running !== undefined && running !== 'paper')
    return { check: 'Key', state: 'unchecked', text: `none here: the running system signs with its own (${running})` };
  if (mode === 'paper') return { check: 'Key', state: 'unchecked', text: 'none: paper money needs no key' };
  const fix = 'make a key on kalshi.com and set KALSHI_KEY_ID and KALSHI_PRIVATE_KEY_PATH';
  return { check: 'Key', state: 'problem', text: `none, and mode ${mode} sends orders`, fix };
}

function scopesFinding(scopes: readonly string[] | undefined, mode: Mode): Finding {
  if (scopes === undefined)
    return {
      check: 'Scopes',
      state: 'warning',
      text: 'the exchange does not list them',
      fix: 'see on kalshi.com that the key may read and trade',
    };
  const text = scopes.join(', ');
  const trades = scopes.includes('write') || scopes.includes('write::trade');
  if (trades && scopes.includes('read')) return { check: 'Scopes', state: 'ok', text };
  const fix = 'make a key with the scopes read and write::trade';
  return { check: 'Scopes', state: mode === 'paper' && scopes.includes('read') ? 'warning' : 'problem', text: `only ${text}`, fix };
}

function regionFinding(expires: Millis | undefined, now: Millis): Finding {
  if (expires === undefined) return { check: 'Region', state: 'ok', text: 'no location attestation is due' };
  const on = new Date(expires).toISOString().slice(0, 10);
  const fix = 'sign in on kalshi.com and confirm your location';
  if (expires <= now)
    return { check: 'Region', state: 'problem', text: `the location attestation lapsed on ${on}: some markets refuse orders`, fix };
  if (expires - now < REGION_WARNING) return { check: 'Region', state: 'warning', text: `the location attestation lapses on ${on}`, fix };
  return { check: 'Region', state: 'ok', text: `location attested until ${on}` };
}

function limitsFinding({ limits, transport }: Kalshi): Finding {
  if (limits && 'assumed' in limits)
    return {
      check: 'Limits',
      state: 'warning',
      text: `not known, basic assumed: ${limits.assumed}`,
      fix: 'run it again later; orders go out more slowly than they might',
    };
  const { read, write } = transport.limiter.limits;
  return {
    check: 'Limits',
    state: 'ok',
    text: `${limits?.tier ?? 'unnamed tier'}: ${read.refill} read and ${write.refill} write tokens a second`,
  };
}
