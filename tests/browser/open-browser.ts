import { serve } from '@hono/node-server';
import { type Browser, chromium } from 'playwright-core';
import { buildDashboard } from '../../local/build-dashboard.ts';
import { api } from '../../shared/api/routes/api.ts';
import type { ApiSettings } from '../../shared/api/routes/api-io.ts';
import type { Store } from '../../shared/ports/store.ts';
import { aDesk, type Desk } from '../api/seeded-desk.ts';

/** Debian's. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, chromiumSandbox: false, args: flags });
}

export interface ServedDesk extends Desk {
  readonly url: string;
  close(): Promise<void>;
}

/** The real page over a store that was filled, on a free port of this machine. */
export async function serveDesk(fill: (store: Store) => Promise<void>, changes: Partial<ApiSettings> = {}): Promise<ServedDesk> {
  const desk = aDesk(changes);
  await fill(desk.store);
  const assets = await buildDashboard();
  const hosts: string[] = [];
  const origins: string[] = [];
  const app = api({ ...desk.io, assets, access: { secret: 'a secret of the test', hosts, origins } });
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      hosts.push(`127.0.0.1:${port}`);
      origins.push(`http://127.0.0.1:${port}`);
      const close = () => {
        if ('closeAllConnections' in server) server.closeAllConnections();
        return new Promise<void>((closed) => server.close(() => closed()));
      };
      resolve({ ...desk, url: `http://127.0.0.1:${port}/`, close });
    });
  });
}
