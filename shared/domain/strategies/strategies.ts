import { dips } from './dips.ts';
import { directional } from './directional.ts';
import { favourites } from './favourites.ts';
import type { Strategy } from './strategy.ts';

/** Every strategy there is, in the order they are asked. */
export const strategies: readonly Strategy[] = [dips, favourites, directional];
