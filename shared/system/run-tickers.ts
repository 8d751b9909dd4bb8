/**
 * The tickers a run is kept to: what was sent along as `tickers`, by `pilot trade`. Undefined: all. Throws for what is no list,
 * since a run that was meant to be narrow must not be wide.
 */
export function runTickers({ tickers }: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  if (tickers === undefined) return undefined;
  if (Array.isArray(tickers) && tickers.length > 0 && tickers.every((ticker) => typeof ticker === 'string' && ticker !== ''))
    return tickers;
  throw new Error(
    `tickers: ${JSON.stringify(tickers)} is no list of markets. Fix: send {"tickers":["KXFED-26DEC-T3.75"]}, or leave it out`,
  );
}
