import { handler as alertCheck } from '../../functions/alert-check.ts';
import { handler as control } from '../../functions/control.ts';
import { handler as forecast } from '../../functions/forecast.ts';
import { handler as scan } from '../../functions/scan.ts';
import { handler as sync } from '../../functions/sync.ts';
import { handler as trade } from '../../functions/trade.ts';
import type { Parts } from '../../shared/system/parts.ts';
// Loaded with the first book that is opened: what is loaded already cannot come at another turn than the seed says.
import '../../shared/system/open-exchange-book.ts';

/** The functions that trade, as they are deployed. */
const handlers = { 'alert-check': alertCheck, control, forecast, scan, sync, trade };
export type DrilledFunction = keyof typeof handlers;
export const drilledFunctions = Object.keys(handlers) as readonly DrilledFunction[];

/** What a function was started with, and what it answered. */
export interface Ran {
  readonly event: object;
  readonly outcome: PromiseSettledResult<Readonly<Record<string, unknown>>>;
}

type Handler = (event: object, context: object) => Promise<Readonly<Record<string, unknown>>>;

/** Starts a function on other parts than its own, as Lambda would. */
export function start(name: DrilledFunction, parts: Parts, event: object, milliseconds: number): ReturnType<Handler> {
  const context = { awsRequestId: 'drill', getRemainingTimeInMillis: () => milliseconds };
  return (handlers[name].withParts(parts) as unknown as Handler)(event, context);
}

/** The record that Lambda sends to the next function of a chain. */
export function recordOf({ event, outcome }: Ran): object {
  const responsePayload = outcome.status === 'fulfilled' ? outcome.value : { errorMessage: String(outcome.reason) };
  return { requestPayload: event, responsePayload };
}
