import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { api } from '../api/routes/api.ts';
import { apiKey } from './api-key.ts';
import { cloudPerMonth } from './cloud-cost.ts';
import { taskRoot } from './config/process-environment.ts';
import { openApi } from './open-api.ts';
import { openParts } from './parts.ts';

type Served = ReturnType<typeof handle>;

/** A signing proxy on the owner's machine serves the private page there. */
const PROXY = 'http://127.0.0.1:8083';

/** The page in Lambda, put together with the first request and kept while the function is warm. */
export function lambdaApi(): (event: LambdaEvent, context?: LambdaContext) => ReturnType<Served> {
  let served: Promise<Served> | undefined;
  return async (event, context) => {
    served ??= open().catch((error: unknown) => {
      served = undefined;
      throw error;
    });
    return (await served)(event, context);
  };
}

async function open(): Promise<Served> {
  const parts = await openParts();
  const asset = (name: string) => readFile(join(taskRoot(), name), 'utf8');
  const [script, style, key] = await Promise.all([asset('client.js'), asset('style.css'), apiKey(parts.store.records)]);
  // Without the shared key no token fits, so that no button works until the first sync has made one.
  const secret = key ?? randomBytes(32).toString('hex');
  const origins = [parts.environment.PILOT_DASHBOARD_URL ?? PROXY];
  const host = { startedAt: undefined, times: { zone: parts.config.zone }, cloudPerMonth: cloudPerMonth(parts), updates: 'poll' } as const;
  return handle(api(openApi(parts, { assets: { script, style }, access: { secret, origins, hosts: undefined }, ...host })));
}
