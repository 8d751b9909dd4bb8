/** What the strategies are called, in the order they are asked: for those who need no more of them. */
export const strategyNames = ['dips', 'favourites', 'directional'] as const;
