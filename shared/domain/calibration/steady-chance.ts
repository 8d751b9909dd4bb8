/** The same draws in 0..1 at each look, so that the interval of what has not changed does not flicker. Source: Park and Miller (1988). */
export function steadyChance(): () => number {
  let state = 20_261_120;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
