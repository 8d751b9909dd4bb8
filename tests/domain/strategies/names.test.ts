import { expect, it } from 'vitest';
import { strategyNames } from '../../../shared/domain/strategies/names.ts';
import { strategies } from '../../../shared/domain/strategies/strategies.ts';

it('every strategy is called what its name says, in the order they are asked', () => {
  expect(strategies.map(({ name }) => name)).toEqual(strategyNames);
});
