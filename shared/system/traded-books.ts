import type { Book } from '../domain/book.ts';
import type { Config } from './config/schema.ts';

/** The books that can trade in a mode: paper stands beside live for the strategies that have not earned it. */
export function tradedBooks({ mode }: Pick<Config, 'mode'>): readonly Book[] {
  return mode === 'live' ? ['live', 'paper'] : [mode];
}
