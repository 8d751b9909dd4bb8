import { Hono } from 'hono';
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
export function restApp(venue: Venue): Hono {
  const app = new Hono();
  for (const route of routes) {
    app.on(route.method, `${API_PATH}${route.path}`, async (context) => {
      const request = context.req.raw;
      const call = await callOf(venue, route, request, context.req.param());
      return jsonResponse(venue, route.answer(call));
    });
  }
  app.notFound(() => refusalResponse(venue, new Refusal(404, 'not_found', 'not found')));
  app.onError((error) => {
    if (error instanceof Refusal) return refusalResponse(venue, error);
    throw error;
  });
  return app;
}

async function callOf(venue: Venue, route: Route, request: Request, params: Readonly<Record<string, string>>): Promise<Call> {
  const url = new URL(request.url);
  const text = request.method === 'GET' ? '' : await request.text();
  const now = venue.now();
  const key = venue.keys.signer({ method: request.method, path: url.pathname, headers: request.headers }, now);
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

function jsonResponse(venue: Venue, { status, body }: { readonly status: number; readonly body?: unknown }): Response {
  const headers = { date: new Date(venue.now()).toUTCString(), 'content-type': 'application/json' };
  if (body === undefined) return new Response(null, { status, headers });
  return new Response(body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body), { status, headers });
}

function refusalResponse(venue: Venue, refusal: Refusal): Response {
  return jsonResponse(venue, { status: refusal.status, body: refusalBody(refusal) });
}
