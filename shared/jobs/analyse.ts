import { withinLength } from '../domain/analysis/analysis-prompt.ts';
import type { Book, Mode } from '../domain/book.ts';
import type { Report, ReportKind, ReportSection } from '../domain/words/report.ts';
import { reportFacts } from '../domain/words/report-facts.ts';
import { factsText } from '../domain/words/report-text.ts';
import { strikeUnknownNumbers } from '../domain/words/strike-numbers.ts';
import type { Store } from '../ports/store.ts';
import type { SectionsIo } from './analysis-sections.ts';
import { analysisSections } from './analysis-sections.ts';
import type { ReportIo } from './reports.ts';
import { computeReport, keepReport, reportKey } from './reports.ts';
import type { AnalysisIo } from './write-analysis.ts';
import { writeAnalysis } from './write-analysis.ts';

export interface AnalyseIo extends ReportIo, Omit<SectionsIo, 'store'>, AnalysisIo {
  readonly mode: Mode;
}

/**
 * A report with a model's text under it. The facts are computed and kept first; then the text is written from them, each
 * number in it that is none of theirs is struck, and the report is kept again. Without a text it is complete, and says why
 * there is none.
 */
export async function analyse(io: AnalyseIo, kind: ReportKind, book: Book, reason?: string): Promise<{ report: Report; key: string }> {
  const own = await analysisSections(io, kind, book);
  const sections = [...(await keptSections(io, kind, book, own)), ...own];
  const computed = await computeReport(io, kind, book, { sections, ...(reason === undefined ? {} : { reason }) });
  await keepReport(io.store, computed);
  const report = await withText(io, computed);
  return { report, key: await keepReport(io.store, report) };
}

async function withText(io: AnalyseIo, computed: Report): Promise<Report> {
  const facts = factsText(computed, io.mode, io.zone);
  const written = await writeAnalysis(io, { kind: computed.kind, at: computed.at, facts }, io.clock.now());
  if (written.state === 'absent') return { ...computed, unwritten: `${written.why}: ${written.detail}` };
  const { model, cost, seconds, usage } = written;
  const { text, struck } = strikeUnknownNumbers(
    withinLength(written.text),
    reportFacts(computed, await namesOf(io, computed, model), [facts]),
  );
  const tokens = usage && usage.inputTokens + usage.outputTokens;
  return { ...computed, analysis: { text, struck: struck.length, model, cost, tokens, seconds } };
}

/** Words with digits in them that are no numbers. */
async function namesOf({ store }: { readonly store: Store }, { book, sections }: Report, model: string): Promise<readonly string[]> {
  const { ledger } = await store.ledger.head(book);
  return [model, ...ledger.positions.keys(), ...sections.flatMap(({ rows }) => rows.map(([name]) => name))];
}

/** What an earlier report of the day said that this one does not compute: digest and notes. */
async function keptSections({ store, clock }: AnalyseIo, kind: ReportKind, book: Book, own: readonly ReportSection[]) {
  const kept = (await store.records.get('report', reportKey({ at: clock.now(), kind, book }))) as Report | undefined;
  const titles = new Set(own.map(({ title }) => title));
  return (kept?.sections ?? []).filter(({ title }) => !titles.has(title));
}
