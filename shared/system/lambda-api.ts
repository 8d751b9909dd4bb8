import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cognitoDesk } from '../adapters/cognito/cognito-desk.ts';
import { api } from '../api/routes/api.ts';
import type { SignInDesk } from '../ports/sign-in.ts';
import { apiKey } from './api-key.ts';
import { cloudPerMonth } from './cloud-cost.ts';
import type { Environment } from './config/environment.ts';
import { taskRoot } from './config/process-environment.ts';
import { openApi } from './open-api.ts';
import { openParts } from './parts.ts';
import { type HttpEvent, type HttpResult, serveEvent } from './serve-event.ts';

type Served = (event: HttpEvent) => Promise<HttpResult>;

/** A signing proxy on the owner's machine serves the private page there. */
const PROXY = 'http://127.0.0.1:8083';

/** The page in Lambda, put together with the first request and kept while the function is warm. */
export function lambdaApi(): Served {
  let served: Promise<Served> | undefined;
  return async (event) => {
    served ??= open().catch((error: unknown) => {
      served = undefined;
      throw error;
    });
    return (await served)(event);
  };
}

async function open(): Promise<Served> {
  const parts = await openParts();
  const asset = (name: string) => readFile(join(taskRoot(), name), 'utf8');
  const [script, style, key] = await Promise.all([asset('client.js'), asset('style.css'), apiKey(parts.store.records)]);
  // Without the shared key no token fits, so that no button works until the first sync has made one.
  const secret = key ?? randomBytes(32).toString('hex');
  const { PILOT_DASHBOARD_URL: dashboard } = parts.environment;
  const origins = dashboard === undefined ? [PROXY] : [dashboard, PROXY];
  const signIn = signInOf(parts.environment);
  const host = {
    startedAt: undefined,
    times: { zone: parts.config.zone, alertMinutes: parts.config.alerts.checkMinutes },
    cloudPerMonth: cloudPerMonth(parts),
    updates: 'poll',
  } as const;
  const app = api(openApi(parts, { assets: { script, style }, access: { secret, origins, hosts: undefined, ...signIn }, ...host }));
  return (event) => serveEvent(app.fetch, event);
}

/** Cognito, where the stack has made a pool for the phone. */
function signInOf(environment: Environment): { readonly signIn?: SignInDesk } {
  const { PILOT_DASHBOARD_URL: dashboard, PILOT_SIGN_IN_URL: domain, PILOT_SIGN_IN_CLIENT: client } = environment;
  const issuer = environment.PILOT_SIGN_IN_ISSUER;
  if (dashboard === undefined || domain === undefined || client === undefined || issuer === undefined) return {};
  return { signIn: cognitoDesk({ dashboard, domain, client, issuer }) };
}
