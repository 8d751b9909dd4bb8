import type { SourceFile } from './sources.ts';

/** Settings that no page explains, and settings nothing outside the configuration reads, as sentences. */
export function settingProblems(keys: readonly string[], text: string, page: string, sources: readonly SourceFile[]): readonly string[] {
  const readers = sources.filter(({ path }) => !path.startsWith('shared/system/config'));
  const isRead = (key: string) => readers.some(({ reads }) => reads.has(key.slice(key.lastIndexOf('.') + 1)));
  return keys.flatMap((key) => [
    ...(text.includes(`\`${key}\``) ? [] : [`${key}: is not in ${page}. Fix: say there what it does, its unit and its default`]),
    ...(isRead(key) ? [] : [`${key}: nothing reads it. Fix: use it or take it out of the configuration`]),
  ]);
}
