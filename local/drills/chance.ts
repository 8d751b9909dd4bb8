import { mix, share } from '../exchange/world/chance.ts';

/** Numbers in 0..1 that follow from a seed, one after another. */
export function seededChance(seed: number): () => number {
  let drawn = 0;
  return () => {
    drawn += 1;
    return share(mix(seed, drawn));
  };
}
