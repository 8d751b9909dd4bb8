import type { Millis } from '../domain/money.ts';
import type { Account, AccountBalance, AccountPosition, ExchangeFill, ExchangeOrder, ExchangeSettlement } from '../ports/exchange.ts';

/** What the exchange says of an account. Reads lag: `asOf` is how fresh all of it is at least. */
export interface AccountView {
  readonly asOf: Millis;
  readonly since: Millis;
  readonly orders: readonly ExchangeOrder[];
  readonly fills: readonly ExchangeFill[];
  readonly settlements: readonly ExchangeSettlement[];
  readonly transfers: Awaited<ReturnType<Account['transfers']>>;
  readonly positions: readonly AccountPosition[];
  readonly balance: AccountBalance;
}

/**
 * Reads an account in the order that keeps facts whole: a settlement never before the fills it settles, a fill never
 * without the order it came from, what they add up to last. Throws ExchangeError.
 */
export async function readAccount(account: Account, since: Millis): Promise<AccountView> {
  const asOf = await account.userDataAsOf();
  const [recent, resting, settlements, transfers] = await Promise.all([
    account.orders({ since }),
    account.orders({ resting: true }),
    account.settlements(since),
    account.transfers(),
  ]);
  const fills = await account.fills(since);
  const orders = new Map([...resting, ...recent].map((order) => [order.orderId, order]));
  const newer = new Set(fills.flatMap(({ orderId, ticker }) => (orders.has(orderId) ? [] : [ticker])));
  const later = await Promise.all([...newer].map((ticker) => account.orders({ ticker, since })));
  for (const order of later.flat()) orders.set(order.orderId, order);
  const [positions, balance] = await Promise.all([account.positions(), account.balance()]);
  return { asOf, since, orders: [...orders.values()], fills, settlements, transfers, positions, balance };
}
