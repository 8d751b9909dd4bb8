import { describe, expect, it } from 'vitest';
import { delta, eventually, kinds, snapshot, watching } from './streaming.ts';

describe('books of the stream', () => {
  it('says explicitly that levels of NO come in the price of YES', async () => {
    const { asked } = await watching('KXMADE-1');
    expect(asked('subscribe')[0]?.params).toEqual({ channels: ['orderbook_delta'], use_yes_price: true, market_tickers: ['KXMADE-1'] });
  });

  it('keeps a book from snapshot and changes', async () => {
    const { say, stream, events } = await watching('KXMADE-1');
    say(
      snapshot(1, '0.4000', '0.4500'),
      delta(2, 'yes', '0.4100', '2.00'),
      delta(3, 'no', '0.4500', '-5.00'),
      delta(4, 'no', '0.4400', '1.00'),
    );
    await eventually(() => expect(stream.book('KXMADE-1')?.ask).toBe(4400));
    expect(stream.book('KXMADE-1')).toMatchObject({ bid: 4100, bidSize: 200, askSize: 100, stale: false, at: 77 });
    expect(kinds(events)).toEqual(['connected', 'book', 'book', 'book', 'book']);
  });

  it('distrusts all books of a subscription after a gap, and asks for snapshots', async () => {
    const { say, stream, events, asked } = await watching('KXMADE-1', 'KXMADE-2');
    say(snapshot(1, '0.4000', '0.4500'), snapshot(2, '0.2000', '0.3000', 'KXMADE-2'), delta(4, 'yes', '0.4100', '2.00'));
    await eventually(() => expect(asked('update_subscription')).toHaveLength(1));
    expect(asked('update_subscription')[0]?.params).toEqual({ sid: 1, action: 'get_snapshot', market_tickers: ['KXMADE-1', 'KXMADE-2'] });
    expect([stream.book('KXMADE-1')?.bid, stream.book('KXMADE-2')?.bid]).toEqual([Number.NaN, Number.NaN]);
    expect(events.at(-1)).toMatchObject({ kind: 'stale', tickers: ['KXMADE-1', 'KXMADE-2'] });
    say(snapshot(5, '0.4200', '0.4500'), snapshot(6, '0.2100', '0.3000', 'KXMADE-2'), delta(7, 'yes', '0.4300', '1.00'));
    await eventually(() => expect([stream.book('KXMADE-1')?.bid, stream.book('KXMADE-2')?.bid]).toEqual([4300, 2100]));
  });

  it('subscribes anew when there is another gap before the snapshots have come', async () => {
    const { say, asked } = await watching('KXMADE-1');
    say(snapshot(1, '0.4000', '0.4500'), delta(3, 'yes', '0.4100', '2.00'), delta(9, 'yes', '0.4100', '2.00'));
    await eventually(() => expect(asked('subscribe')).toHaveLength(2));
    expect(asked('unsubscribe')[0]?.params).toEqual({ sids: [1] });
    expect(asked('subscribe')[1]?.params).toMatchObject({ market_tickers: ['KXMADE-1'], use_yes_price: true });
  });

  it.each([
    ['takes more than there is', delta(2, 'yes', '0.4000', '-11.00')],
    ['crosses the book', delta(2, 'yes', '0.4600', '1.00')],
    ['cannot be read', delta(2, 'yes', 'cheap', '1.00')],
  ])('distrusts a book whose change %s, and asks for its snapshot', async (_, change) => {
    const { say, stream, asked, events } = await watching('KXMADE-1');
    say(snapshot(1, '0.4000', '0.4500'), change);
    await eventually(() => expect(asked('update_subscription')).toHaveLength(1));
    expect(stream.book('KXMADE-1')?.stale).toBe(true);
    expect(events.at(-1)?.kind).toBe('stale');
  });

  it('comes back after a lost connection with all that was watched, and trusts no book before its snapshot', async () => {
    const { say, stream, events, connections } = await watching('KXMADE-1');
    stream.watch('fills');
    say(snapshot(1, '0.4000', '0.4500'));
    await eventually(() => expect(stream.book('KXMADE-1')?.bid).toBe(4000));
    connections[0]?.socket.terminate();
    await eventually(() => expect(connections[1]?.commands).toHaveLength(2));
    expect(connections[1]?.commands.map(({ params }) => params.channels)).toEqual([['orderbook_delta'], ['fill']]);
    expect(stream.book('KXMADE-1')?.stale).toBe(true);
    expect(kinds(events)).toEqual(['connected', 'book', 'disconnected', 'stale', 'connected']);
  });

  it.each([10, 25])('takes error %i as the end of its subscription, and subscribes anew after a pause', async (code) => {
    const { say, stream, asked, events } = await watching('KXMADE-1');
    say(snapshot(1, '0.4000', '0.4500'), { type: 'error', sid: 1, msg: { code, msg: 'overflow' } });
    await eventually(() => expect(asked('subscribe')).toHaveLength(2));
    expect(asked('unsubscribe')).toHaveLength(0);
    expect(stream.book('KXMADE-1')?.stale).toBe(true);
    expect(events.slice(-2)).toMatchObject([{ kind: 'refused', code: String(code), terminal: false }, { kind: 'stale' }]);
  });
});
