import { acceptedMutants } from './accepted-mutants.ts';

/** The part of Stryker's report that is judged here. */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly status: string;
  readonly replacement?: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

/** Lines and columns count from 1; the end is exclusive. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** Share of mutants that the tests of each file must notice. */
const FLOOR = 0.9;
const noticed = new Set(['Killed', 'Timeout']);
const missed = new Set(['Survived', 'NoCoverage']);

/** A file that falls short, and survivors that nobody has given a reason for, a line each. */
export function judgeMutants(
  { files }: MutationReport,
  accepted = acceptedMutants,
): { readonly short: readonly string[]; readonly unexplained: readonly string[] } {
  const short: string[] = [];
  const unexplained: string[] = [];
  for (const [file, { source, mutants }] of Object.entries(files)) {
    const counted = mutants.filter(({ status }) => noticed.has(status) || missed.has(status));
    const survivors = counted.filter(({ status }) => missed.has(status));
    const score = 1 - survivors.length / counted.length;
    if (score < FLOOR)
      short.push(`${file}: ${(score * 100).toFixed(1)} %, at least ${FLOOR * 100} % are wanted. Fix: test what its survivors change`);
    const known = new Set(accepted.filter((one) => one.file === file).flatMap((one) => one.mutants));
    for (const mutant of survivors) {
      const change = changeOf(source, mutant);
      if (!known.has(change)) unexplained.push(`${file}:${mutant.location.start.line}: ${change}`);
    }
  }
  return { short, unexplained };
}

/** What a mutant changes, as `before → after`, blanks made one; of several lines only the first. */
function changeOf(source: string, { location: { start, end }, replacement = '' }: Mutant): string {
  const line = source.split('\n')[start.line - 1] ?? '';
  const before = start.line === end.line ? line.slice(start.column - 1, end.column - 1) : `${line.slice(start.column - 1)} …`;
  return `${before} → ${replacement}`.replace(/\s+/g, ' ');
}

/** Stryker's own floor is of all files together; this reporter fails the run for a single file as well. */
class MutationFloor {
  onMutationTestReportReady(report: MutationReport): void {
    const { short, unexplained } = judgeMutants(report);
    for (const line of unexplained) process.stderr.write(`? ${line}\n`);
    for (const line of short) process.stderr.write(`✗ ${line}\n`);
    if (unexplained.length > 0) process.stderr.write(`${unexplained.length} survivors have no reason in checks/accepted-mutants.ts\n`);
    if (short.length > 0) process.exitCode = 1;
  }
}

export const strykerPlugins = [{ kind: 'Reporter', name: 'floor', injectableClass: MutationFloor }] as const;
