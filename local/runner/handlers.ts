import type { FunctionName } from '../../shared/system/map.ts';

type Handler = (event: unknown, context: object) => Promise<unknown>;

/** Calls a function of functions/ in this process, as Lambda would: the same file, the same handler. */
export async function callHandler(name: FunctionName, event: unknown, timeoutSeconds: number): Promise<unknown> {
  const { handler } = (await import(`../../functions/${name}.ts`)) as { readonly handler: Handler };
  const deadline = Date.now() + timeoutSeconds * 1000;
  return handler(event, { awsRequestId: crypto.randomUUID(), getRemainingTimeInMillis: () => deadline - Date.now() });
}
