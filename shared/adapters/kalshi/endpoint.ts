import type * as z from 'zod/mini';

/** What a call may carry. Names are the exchange's own. */
export interface CallArguments {
  /** Values of the `{name}` parts of the path. */
  readonly params?: Readonly<Record<string, string>>;
  /** Strings, numbers and truth values by name; a list is sent as a repeated parameter, undefined not at all. */
  readonly query?: object;
  readonly body?: unknown;
}

/** One call of the exchange: where, at what cost, and what it answers. `arguments` exists for the compiler only. */
export interface Endpoint<Arguments extends CallArguments, Answer extends z.ZodMiniType> {
  /** The exchange's name of the operation; in errors and in the canary. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base URL, `{name}` for its parameters. */
  readonly path: string;
  /** Needs a key. */
  readonly signed: boolean;
  /** Tokens it costs unless the exchange says otherwise; 10 by default, per item for a batch. */
  readonly cost?: number;
  /** Answers that carry a body of the usual shape although they are not 2xx. */
  readonly readable?: readonly number[];
  readonly answer: Answer;
  readonly arguments?: Arguments;
}

/** Names what a call takes, then describes it: `endpoint<{ query?: … }>()({ … })`. */
export function endpoint<Arguments extends CallArguments = CallArguments>() {
  return <Answer extends z.ZodMiniType>(spec: Omit<Endpoint<Arguments, Answer>, 'arguments'>): Endpoint<Arguments, Answer> => spec;
}

/** Path with its parameters filled in, and the query to go behind it, '' without one. */
export function target(
  spec: Pick<Endpoint<CallArguments, z.ZodMiniType>, 'name' | 'path'>,
  { params, query }: CallArguments,
): { path: string; search: string } {
  const path = spec.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params?.[name];
    if (value === undefined || value === '') throw new TypeError(`${spec.name}: no ${name}. Fix: give it in params`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}) as [string, unknown][]) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) search.append(name, String(item));
  }
  return { path, search: search.size > 0 ? `?${search.toString()}` : '' };
}
