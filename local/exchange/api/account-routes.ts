import type { Usd } from '../../../shared/domain/money.ts';
import { Refusal } from '../matching/refusal.ts';
import type { Transfer } from '../matching/transfers.ts';
import type { BucketSize } from '../venue.ts';
import { readBody, transferBody } from './body.ts';
import { invalid, limitOf, pageOf } from './query.ts';
import { type Answer, type Call, ok, type Route } from './route.ts';
import { money, seconds } from './wire.ts';

const signed = { method: 'GET', access: 'signed' } as const;

export const accountRoutes: readonly Route[] = [
  { ...signed, path: '/account/limits', answer: limits },
  { ...signed, path: '/api_keys', answer: apiKeys },
  { ...signed, path: '/portfolio/deposits', answer: deposits },
  {
    ...signed,
    path: '/portfolio/withdrawals',
    answer: ({ query }) => ok({ withdrawals: [], cursor: pageOf([], query, limitOf(query, 500, 100)).cursor }),
  },
  { method: 'POST', path: '/portfolio/intra_exchange_instance_transfer', access: 'signed', scope: 'write::transfer', answer: transfer },
  { ...signed, path: '/portfolio/intra_exchange_instance_transfers', answer: transfers },
  { ...signed, path: '/portfolio/intra_exchange_instance_transfers/:transfer', answer: oneTransfer },
];

function limits({ venue }: Call): Answer {
  const size = ({ refill, capacity }: BucketSize) => ({ refill_rate: refill, bucket_capacity: capacity });
  const { tier, read, write } = venue.settings.limits;
  return ok({ usage_tier: tier, read: size(read), write: size(write), grants: [] });
}

function apiKeys({ venue }: Call): Answer {
  const { regionExpiresAt } = venue.settings;
  return ok({
    api_keys: venue.keys.all.map(({ id, name, scopes }) => ({ api_key_id: id, name, scopes })),
    api_key_region_expiration_ts: regionExpiresAt === undefined ? null : seconds(regionExpiresAt),
  });
}

/** One deposit before the world began: all the cash there is. */
function deposits({ venue, query }: Call): Answer {
  const total = [...venue.settings.cash.values()].reduce<number>((sum, amount) => sum + amount, 0);
  const created = seconds(venue.world.start);
  const all = [
    {
      id: 'deposit-1',
      status: 'applied',
      type: 'ach',
      amount_cents: Math.floor(total / 10_000),
      fee_cents: 0,
      created_ts: created,
      finalized_ts: created,
    },
  ];
  const { page, cursor } = pageOf(all, query, limitOf(query, 500, 100));
  return ok({ deposits: page, cursor });
}

function transfer({ venue, account, text, now }: Call): Answer {
  const asked = readBody(text, transferBody);
  const [from, to] = [asked.source_exchange_shard ?? 0, asked.destination_exchange_shard ?? 0];
  if (asked.source !== 'event_contract' || asked.destination !== 'event_contract')
    throw invalid('only event_contract instances are enabled');
  if (from === to || !venue.shards.includes(from) || !venue.shards.includes(to))
    throw invalid('source and destination shard must differ and exist');
  if (venue.halts.exchangeDown || venue.halts.shardsDown.has(from) || venue.halts.shardsDown.has(to)) {
    throw new Refusal(503, 'intra_exchange_transfers_paused', 'intra exchange transfers are paused');
  }
  const sent = venue.transfers.send({ id: venue.floor.nextId(), account, from, to, amount: (asked.amount * 100) as Usd, createdAt: now });
  return ok({ transfer_id: sent.id });
}

function transfers({ venue, account, query }: Call): Answer {
  const { page, cursor } = pageOf(venue.transfers.of(account), query, limitOf(query, 500, 100));
  return ok({ transfers: page.map(transferJson), ...(cursor === '' ? undefined : { cursor }) });
}

function oneTransfer({ venue, account, params }: Call): Answer {
  const found = venue.transfers.of(account).find(({ id }) => id === params.transfer);
  if (!found) throw new Refusal(404, 'not_found', 'transfer not found');
  return ok({ transfer: transferJson(found) });
}

function transferJson({ id, from, to, amount, complete, createdAt }: Transfer) {
  return {
    transfer_id: id,
    source: 'event_contract',
    destination: 'event_contract',
    source_exchange_shard: from,
    destination_exchange_shard: to,
    amount: money(amount),
    status: complete ? 'complete' : 'pending',
    created_ts: seconds(createdAt),
  };
}
