import type { SourceFile } from './sources.ts';

const configuration = 'shared/system/config/';
/** Where settings and names are declared or fetched, as against translated for those who use them. */
const declares = /\/(([\w-]+-)?schema|about|settings|presets|keys|config|environment|env-file|aws-[\w-]+)\.ts$/;

/** Settings that no page explains or nothing reads, and translated ones nobody takes, as sentences. */
export function settingProblems(keys: readonly string[], text: string, page: string, sources: readonly SourceFile[]): readonly string[] {
  const translators = sources.filter(({ path }) => path.startsWith(configuration) && !declares.test(path));
  const users = sources.filter(({ path }) => !path.startsWith(configuration));
  const isRead = (name: string, readers: readonly SourceFile[]) => readers.some(({ reads }) => reads.has(name));
  return [
    ...keys
      .filter((key) => !text.includes(`\`${key}\``))
      .map((key) => `${key}: is not in ${page}. Fix: say there what it does, its unit and default`),
    ...keys
      .filter((key) => !isRead(key.slice(key.lastIndexOf('.') + 1), [...users, ...translators]))
      .map((key) => `${key}: nothing reads it. Fix: use it or take it out of the configuration`),
    ...translators.flatMap(({ path, gives }) =>
      [...gives]
        .filter((name) => !isRead(name, users))
        .map((name) => `${path}: hands on ${name}, which nothing reads. Fix: use it or drop it`),
    ),
  ];
}

/** Environment names the configuration knows and no page explains, as sentences. */
export function environmentProblems(text: string, page: string, sources: readonly SourceFile[]): readonly string[] {
  const named = sources
    .filter(({ path }) => path.startsWith(configuration))
    .flatMap((source) => source.text.match(/\b(?:PILOT|KALSHI|XAI)_[A-Z0-9_]*[A-Z0-9]\b/g) ?? []);
  return [...new Set(named)]
    .filter((name) => !text.includes(name))
    .map((name) => `${name}: is not in ${page}. Fix: say there what it is for`);
}
