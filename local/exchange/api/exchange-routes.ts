import type { Millis } from '../../../shared/domain/money.ts';
import { inMaintenance, maintenanceWindow } from '../matching/halts.ts';
import type { Venue } from '../venue.ts';
import { ok, type Route } from './route.ts';
import { time } from './wire.ts';

export const exchangeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/exchange/status',
    access: 'public',
    answer: ({ venue, now }) => ({ status: venue.halts.exchangeDown ? 503 : 200, body: statusJson(venue, now) }),
  },
  { method: 'GET', path: '/exchange/schedule', access: 'public', answer: ({ now }) => ok({ schedule: scheduleJson(now) }) },
  {
    method: 'GET',
    path: '/exchange/user_data_timestamp',
    access: 'public',
    answer: ({ venue }) => ok({ as_of_time: time(venue.readable()) }),
  },
];

const shardNames: Readonly<Record<number, string>> = {
  0: 'default',
  1: 'combos',
  2: 'crypto and commodities',
  3: 'tennis, baseball, basketball',
};

function statusJson({ halts, shards }: Venue, now: Millis) {
  const pause = inMaintenance(now);
  const active = !halts.exchangeDown;
  return {
    exchange_active: active,
    trading_active: active && !pause,
    intra_exchange_transfers_active: active,
    exchange_estimated_resume_time: pause ? time(maintenanceWindow(now).to) : null,
    exchange_index_statuses: shards.map((shard) => {
      const up = active && !halts.shardsDown.has(shard);
      return {
        exchange_index: shard,
        description: shardNames[shard] ?? `shard ${shard}`,
        exchange_active: up,
        trading_active: up && !pause,
        intra_exchange_transfers_active: up,
      };
    }),
  };
}

const allDay = [{ open_time: '00:00', close_time: '00:00' }];
const aroundMaintenance = [
  { open_time: '00:00', close_time: '03:00' },
  { open_time: '05:00', close_time: '00:00' },
];

function scheduleJson(now: Millis) {
  const { from, to } = maintenanceWindow(now);
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const week = Object.fromEntries(days.map((day) => [day, day === 'thursday' ? aroundMaintenance : allDay]));
  return {
    standard_hours: [{ start_time: '2024-12-01T00:00:00Z', end_time: '2200-12-01T00:00:00Z', ...week }],
    maintenance_windows: [{ start_datetime: time(from), end_datetime: time(to) }],
  };
}
