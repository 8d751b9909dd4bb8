import { randomBytes } from 'node:crypto';
import { serve } from '@hono/node-server';
import { api } from '../../shared/api/routes/api.ts';
import { streamChanges } from '../../shared/api/routes/events.ts';
import { cloudPerMonth } from '../../shared/system/cloud-cost.ts';
import type { Times } from '../../shared/system/map/schedule.ts';
import { openApi } from '../../shared/system/open-api.ts';
import { openParts } from '../../shared/system/parts.ts';
import { buildDashboard } from '../build-dashboard.ts';

export interface Dashboard {
  readonly url: string;
  close(): Promise<void>;
}

const DEFAULT_PORT = 8082;
const TRIED = 20;

/** Serves the page of the running system on this machine only. Given a port, that one or an error; else the next free one. */
export async function serveDashboard(times: Times, wanted: string | undefined): Promise<Dashboard> {
  const [first, tries] = wanted === undefined ? [DEFAULT_PORT, TRIED] : [portOf(wanted), 1];
  const [parts, assets] = await Promise.all([openParts(), buildDashboard()]);
  const secret = randomBytes(32).toString('hex');
  for (let port = first; port < first + tries; port++) {
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
    const access = { secret, hosts, origins: hosts.map((host) => `http://${host}`) };
    const io = openApi(parts, {
      assets,
      access,
      times: { ...times, alertMinutes: parts.config.alerts.checkMinutes },
      startedAt: parts.clock.now(),
      cloudPerMonth: cloudPerMonth(parts),
      updates: streamChanges,
    });
    const close = await listen(api(io).fetch, port);
    if (close) return { url: `http://127.0.0.1:${port}`, close };
  }
  const said = wanted === undefined ? `ports ${first} to ${first + tries - 1} are` : `PORT ${wanted} is`;
  throw new Error(`${said} in use. Fix: stop what uses it, or give another PORT`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`PORT: ${JSON.stringify(text)} is no port. Fix: give a whole number from 1 to 65535`);
  return port;
}

/** Undefined when the port is taken. */
function listen(fetch: (request: Request) => Response | Promise<Response>, port: number): Promise<(() => Promise<void>) | undefined> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: '127.0.0.1' }, () => resolve(() => stopped(server)));
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
  });
}

function stopped(server: ReturnType<typeof serve>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
