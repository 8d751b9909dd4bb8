import type { Millis } from '../../domain/money.ts';
import { ExchangeError, type Outcome } from '../../ports/exchange-error.ts';
import type { ErrorBody } from './error-body.ts';

/** An answer that is a no, with what is needed to say why. */
export interface Refused {
  /** The operation, like `CreateOrderV2`. */
  readonly name: string;
  /** A request that changes something there. */
  readonly mutation: boolean;
  readonly status: number;
  readonly body: ErrorBody;
  /** Host asked, which tells production from demo. */
  readonly host: string;
  readonly skew: Millis | undefined;
}

/** More than the exchange accepts in a timestamp; 5 s pass, 30 s do not. */
const MAX_SKEW = 5000;

/** An answer that is a no, as an error. Classified by HTTP status first, then by code; unknown codes are kept. */
export function refusal(refused: Refused): ExchangeError {
  const { name, status, body } = refused;
  const code = codeOf(refused);
  const fix = fixOf(refused, code);
  const said = [body.message, body.details].filter((words) => words !== undefined).join(': ');
  return new ExchangeError(`${name}: ${status} ${code}${said === '' ? '' : ` (${said})`}. Fix: ${fix}`, {
    outcome: outcomeOf(refused),
    status,
    code,
    fix,
  });
}

/** After a mutation only a clear no is a no: a 5xx, a 408 and a 409 (the client id is taken, perhaps by this very order) are not. */
function outcomeOf({ mutation, status }: Refused): Outcome {
  if (status >= 500 || status === 408) return 'unknown';
  return mutation && status === 409 ? 'unknown' : 'refused';
}

/** The exchange's code in lower case; where it gives none, or a general one with the real one behind it, ours. */
function codeOf({ status, body }: Refused): string {
  const words = `${body.message ?? ''} ${body.details ?? ''}`.toLowerCase();
  if (/post.only.cross/.test(words)) return 'post_only_cross';
  if (status === 410) return 'deprecated_v1_order_endpoint';
  const code = body.code?.toLowerCase();
  if (code !== undefined && code !== 'authentication_error') return code;
  if (words.includes('incorrect_api_key_signature')) return 'incorrect_api_key_signature';
  if (status === 401 && words.includes('not_found')) return 'unknown_key_id';
  if (/timestamp/.test(words)) return 'header_timestamp_expired';
  return code ?? codeOfStatus[status] ?? `http_${status}`;
}

const codeOfStatus: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'authentication_error',
  403: 'permission_denied',
  404: 'not_found',
  408: 'request_timeout',
  409: 'conflict',
  429: 'too_many_requests',
};

function fixOf(refused: Refused, code: string): string {
  if (refused.status === 401) return fixOfKey(refused, code);
  if (refused.status === 410) return 'stop trading and update Kalshi Pilot: it writes to an endpoint that the exchange has removed';
  if (refused.status === 403) return fixOfPermission(refused);
  const known = fixes.find(([pattern]) => pattern.test(code));
  if (known) return known[1];
  return refused.status >= 500
    ? 'wait for the exchange: "pilot doctor" shows its status'
    : (fixOfStatus[refused.status] ?? 'correct the request and send it anew');
}

/** Clock first, since a wrong clock breaks every signature; then the key id and where it is valid; then the PEM. */
function fixOfKey({ skew, host }: Refused, code: string): string {
  const kind = kindOf(host);
  if (code === 'header_timestamp_expired' || (skew !== undefined && Math.abs(skew) > MAX_SKEW)) {
    return `set the clock of this machine${skew === undefined ? '' : `, it is ${Math.round(Math.abs(skew) / 100) / 10} s ${skew > 0 ? 'behind' : 'ahead'}`}`;
  }
  if (code === 'unknown_key_id') {
    return `check KALSHI_KEY_ID: ${host} (${kind}) does not know it; each exchange has its own keys, and a deleted key is gone`;
  }
  if (code === 'incorrect_api_key_signature') return 'give the private key (PEM) that belongs to KALSHI_KEY_ID; this one signs for another';
  return `check KALSHI_KEY_ID, its private key (PEM), the environment (${host} is ${kind}) and the clock, in this order`;
}

function kindOf(host: string): string {
  if (/^(localhost|127\.|\[::1\])/.test(host)) return 'a simulated exchange';
  return /demo|\.co$/.test(host) ? 'demo' : 'production';
}

function fixOfPermission({ body }: Refused): string {
  const words = `${body.code ?? ''} ${body.message ?? ''} ${body.details ?? ''}`.toLowerCase();
  if (/locat|region|attest/.test(words)) return 'confirm your location on kalshi.com: the attestation behind this key has lapsed';
  if (/subaccount/.test(words)) return 'use a key that is not locked to another subaccount';
  return 'use a key with the scopes read and write::trade (write::transfer to move money), and check the account for restrictions';
}

const fixes: readonly (readonly [RegExp, string])[] = [
  [
    /insufficient_balance|available_balance_too_low/,
    'fund the shard of this market: "pilot shards" shows them, "pilot shards move" moves cash',
  ],
  [/invalid_price|invalid_tick/, "send a price on the market's own grid (price_ranges), which may have changed"],
  [/invalid_order_size/, 'send a count of at least 0.01 in steps of 0.01'],
  [/market_inactive|market_already_closed|market_closed/, 'leave this market alone: it takes no orders now'],
  [/exchange_paused|trading_paused/, 'wait until trading resumes: "pilot doctor" shows when'],
  [/post_only_cross/, 'quote at a price that does not cross, or take'],
  [/order_already_exists/, 'look up the order with this client id; do not send it again'],
  [
    /order_group_risk_limit/,
    'find out why so much filled at once (execution.groupContracts in 15 s), then "pilot resume --reason" lets the group be reset',
  ],
  [/order_group/, 'nothing: the next sync opens another group'],
  [/too_many_requests/, 'wait for the next tick; something else uses the same account limits'],
];

const fixOfStatus: Readonly<Record<number, string>> = {
  404: 'check the name; a market just made takes a moment to appear',
  409: 'look up what the first request did before sending anything',
};
