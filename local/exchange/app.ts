import { TrieRouter } from 'hono/router/trie-router';
import { accountRoutes } from './api/account-routes.ts';
import { unauthorized } from './api/api-keys.ts';
import { candleRoutes } from './api/candle-routes.ts';
import { eventRoutes } from './api/event-routes.ts';
import { exchangeRoutes } from './api/exchange-routes.ts';
import { groupRoutes } from './api/group-routes.ts';
import { historyRoutes } from './api/history-routes.ts';
import { marketRoutes } from './api/market-routes.ts';
import { orderRoutes } from './api/order-routes.ts';
import { portfolioRoutes } from './api/portfolio-routes.ts';
import { programmeRoutes } from './api/programme-routes.ts';
import { refusalBody } from './api/refusal-body.ts';
import { type Call, ok, type Route } from './api/route.ts';
import { type Asked, jsonSaid, type Said } from './asked.ts';
import { Refusal } from './matching/refusal.ts';
import type { Venue } from './venue.ts';

export const API_PATH = '/trade-api/v2';
const USUAL_COST = 10;

/** Fixed paths before those with a parameter in the same place. */
const listed: readonly Route[] = [
  ...exchangeRoutes,
  ...historyRoutes,
  ...candleRoutes,
  ...marketRoutes,
  ...eventRoutes,
  ...programmeRoutes,
  ...accountRoutes,
  ...portfolioRoutes,
  ...orderRoutes,
  ...groupRoutes,
];

const routes: readonly Route[] = [
  ...listed,
  {
    method: 'GET',
    path: '/account/endpoint_costs',
    access: 'public',
    answer: () => ok({ default_cost: USUAL_COST, endpoint_costs: unusualCosts() }),
  },
];

function unusualCosts() {
  return listed
    .filter(({ cost }) => cost !== undefined && cost !== USUAL_COST)
    .map(({ method, path, cost }) => ({ method, path: `${API_PATH}${path.replace(/:(\w+)/g, '{$1}')}`, cost }));
}

/** The REST half of the exchange: who asks, may they, can they pay, then the route. */
export function restApp(venue: Venue): (asked: Asked) => Said {
  const router = new TrieRouter<Route>();
  for (const route of routes) router.add(route.method, `${API_PATH}${route.path}`, route);
  return (asked) => {
    try {
      const [[route, params] = []] = router.match(asked.method, asked.url.pathname)[0];
      if (!route) throw new Refusal(404, 'not_found', 'not found');
      const { status, body } = route.answer(callOf(venue, route, asked, decoded(params as Params)));
      return said(venue, status, body);
    } catch (error) {
      if (error instanceof Refusal) return said(venue, error.status, refusalBody(error));
      throw error;
    }
  };
}

type Params = Readonly<Record<string, string>>;

function decoded(params: Params): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value.includes('%') ? unescaped(value) : value]));
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function callOf(venue: Venue, route: Route, { method, url, headers, text }: Asked, params: Params): Call {
  const now = venue.now();
  const key = venue.keys.signer({ method, path: url.pathname, headers }, now);
  if (route.access === 'signed' && !key) throw unauthorized('headers are missing');
  const needed = route.scope ?? (route.access === 'signed' ? 'read' : undefined);
  if (needed && key && !allows(key.scopes, needed))
    throw new Refusal(403, 'permission_denied', 'permission denied', `the key has no ${needed} scope`);
  if (venue.halts.exchangeDown && route.path !== '/exchange/status')
    throw new Refusal(503, 'exchange_unavailable', 'exchange is unavailable');
  const owner = key ? venue.account.id : 'public';
  const charge = (cost: number, shards: readonly number[] = [0]) =>
    route.method === 'GET' ? venue.buckets.read(owner, cost, now) : venue.buckets.write(owner, shards, cost, now);
  if (!route.chargesItself) charge(route.cost ?? USUAL_COST);
  return { venue, now, params, query: url.searchParams, text, account: venue.account, charge };
}

function allows(scopes: readonly string[], needed: string): boolean {
  return scopes.includes(needed) || scopes.includes(needed.split('::')[0] ?? needed);
}

function said(venue: Venue, status: number, body: unknown): Said {
  return jsonSaid(status, body, { date: new Date(venue.now()).toUTCString() });
}
