import { describe, expect, it } from 'vitest';
import { callPilot } from './run-pilot.ts';

const fee = (...args: readonly string[]) => callPilot('fee', ...args);

describe('pilot fee', () => {
  it('says trade fee, rounding, fee and fee per contract as dollar strings', async () => {
    const { out, code } = await fee('--count', '1', '--price', '0.055', '--role', 'taker', '--account', 'non-direct', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ tradeFee: '0.003639', roundingFee: '0.001361', fee: '0.005000', perContract: '0.005000' });
  });

  it.each([
    ['100 --price 0.50 --role taker', '1.750000'],
    ['100 --price 0.35 --role taker --account non-direct', '1.600000'],
    ['10 --price 0.50 --role maker --fee-type quadratic_with_maker_fees', '0.043800'],
    ['10 --price 0.50 --role maker', '0.000000'],
    ['1 --price 0.051 --role taker --account non-direct --action sell', '0.011000'],
    ['100 --price 0.50 --role taker --multiplier 0.5', '0.875000'],
  ])('of --count %s is %s', async (args, expected) => {
    const { out } = await fee('--count', ...args.split(' '), '--json');
    expect(JSON.parse(out)).toMatchObject({ fee: expected });
  });

  it('speaks to people without --json', async () => {
    expect((await fee('--count', '1', '--price', '0.52', '--role', 'taker')).out).toMatch(/^fee \$0\.017500 = trade fee/);
  });

  it.each([
    ['1 --price 1.7 --role taker', 'price: "1.7" is not valid'],
    ['-1 --price 0.5 --role taker', 'count: "-1" is not valid'],
    ['0 --price 0.5 --role taker', 'count: "0" is not valid'],
    ['1 --price 0.5 --role taker --fee-type flat', 'other types are not traded'],
    ['1 --price 0.5 --role taker --multiplier x', 'fee type and multiplier'],
    ['1 --price 0.5 --role both', 'Allowed choices are maker, taker'],
  ])('refuses --count %s with code 2 and the reason', async (args, reason) => {
    const said = await fee('--count', ...args.split(' '));
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.err).toContain(reason);
  });
});
