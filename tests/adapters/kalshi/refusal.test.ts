import { describe, expect, it } from 'vitest';
import { readErrorBody } from '../../../shared/adapters/kalshi/error-body.ts';
import { refusal } from '../../../shared/adapters/kalshi/refusal.ts';

const prod = 'external-api.kalshi.com';
const refuse = (
  status: number,
  body: unknown,
  { mutation = true, host = prod, skew = 0 }: { mutation?: boolean; host?: string; skew?: number | undefined } = {},
) =>
  refusal({
    name: 'CreateOrderV2',
    mutation,
    status,
    body: readErrorBody(typeof body === 'string' ? body : JSON.stringify(body)),
    host,
    skew,
  });

describe('error bodies', () => {
  it.each([
    [
      'nested',
      { error: { code: 'invalid_order', message: 'bad', details: 'why' } },
      { code: 'invalid_order', message: 'bad', details: 'why' },
    ],
    ['flat', { code: 'bad_request', message: 'bad', details: 'why' }, { code: 'bad_request', message: 'bad', details: 'why' }],
    [
      'of a parameter check',
      { msg: 'limit must be at most 1000' },
      { code: undefined, message: 'limit must be at most 1000', details: undefined },
    ],
    ['of a rate limit', { error: 'too many requests' }, { code: undefined, message: 'too many requests', details: undefined }],
    ['of a proxy', '<html>502</html>', { code: undefined, message: undefined, details: undefined }],
    ['that is no object', '[1]', { code: undefined, message: undefined, details: undefined }],
    ['with details that are no text', { error: { code: 'x', details: { a: 1 } } }, { code: 'x', message: undefined, details: '{"a":1}' }],
  ])('%s are read', (_, body, said) => {
    expect(readErrorBody(typeof body === 'string' ? body : JSON.stringify(body))).toEqual(said);
  });
});

describe('a refusal', () => {
  it('keeps a code we do not know, in lower case, and still says what to do', () => {
    expect(refuse(400, { error: { code: 'BRAND_NEW' } })).toMatchObject({ code: 'brand_new', outcome: 'refused', status: 400 });
    expect(refuse(418, {}).message).toMatch(/418.*Fix: \w/);
  });

  it.each([
    [{ code: 'insufficient_balance' }, /pilot shards move/],
    [{ code: 'available_balance_too_low' }, /pilot shards move/],
    [{ code: 'invalid_price' }, /price_ranges/],
    [{ code: 'MARKET_INACTIVE' }, /takes no orders/],
    [{ code: 'trading_paused' }, /resumes/],
  ])('of %j names the fix', (error, fix) => expect(refuse(400, { error }).fix).toMatch(fix));

  it('finds a post-only cross behind a general code', () => {
    expect(refuse(400, { error: { code: 'invalid_order', message: 'invalid order', details: 'post only cross' } }).code).toBe(
      'post_only_cross',
    );
  });

  it('of a removed endpoint is fatal and says to update', () => {
    expect(refuse(410, { error: { code: 'deprecated_v1_order_endpoint' } })).toMatchObject({
      code: 'deprecated_v1_order_endpoint',
      status: 410,
    });
    expect(refuse(410, '').fix).toMatch(/stop trading and update/);
  });

  it('with a lapsed location sends to kalshi.com', () => {
    expect(refuse(403, { error: { code: 'permission_denied', message: 'location attestation expired' } }).fix).toMatch(
      /confirm your location/,
    );
  });
});

describe('a 401', () => {
  it.each([
    ['the clock, by its code', { error: { code: 'header_timestamp_expired' } }, {}, /clock/],
    [
      'the clock, by the answers so far',
      { error: { code: 'authentication_error', details: 'INCORRECT_API_KEY_SIGNATURE' } },
      { skew: 31_000 },
      /31 s behind/,
    ],
    ['the PEM', { error: { code: 'authentication_error', details: 'INCORRECT_API_KEY_SIGNATURE' } }, {}, /belongs to KALSHI_KEY_ID/],
    [
      'the key id, where the demo was asked',
      { error: { code: 'authentication_error', details: 'NOT_FOUND' } },
      { host: 'demo-api.kalshi.co' },
      /\(demo\) does not know/,
    ],
    [
      'the key id, where production was asked',
      { error: { code: 'authentication_error', details: 'NOT_FOUND' } },
      {},
      /\(production\) does not know/,
    ],
    [
      'the key id, where a simulated exchange was asked',
      { error: { code: 'authentication_error', details: 'NOT_FOUND' } },
      { host: '127.0.0.1:8080' },
      /\(a simulated exchange\) does not know/,
    ],
    ['everything, when it says nothing', {}, { skew: undefined }, /KALSHI_KEY_ID.*PEM.*environment.*clock/],
  ])('is put down to %s', (_, body, context, fix) => expect(refuse(401, body, context).fix).toMatch(fix));
});
