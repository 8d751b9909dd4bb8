import { sha256 } from '../shared/adapters/crypto/sha256.ts';
import type { Report, ReportKind } from '../shared/domain/words/report.ts';
import { writeReport } from '../shared/system/runs/analysis-run.ts';
import { ask } from './ask.ts';
import { commandEnvironment } from './connect.ts';
import { Exit } from './exit.ts';
import type { OpenedStore } from './open-store.ts';
import { talk } from './talk.ts';
import { viewOf } from './views/report.ts';
import type { View, ViewIo } from './views/view.ts';
import { waiting } from './waiting.ts';

/**
 * Has the analyst read this moment, and shows the report that was kept. The running system's own function does it, here or
 * in AWS, with its keys; where none runs on this machine the command does it itself.
 */
export async function analyseNow(io: ViewIo, opened: OpenedStore, kind: ReportKind, reason?: string): Promise<View> {
  const report =
    opened.running || opened.env === 'aws' ? await askFunction(io, opened, kind, reason) : await writeHere(io, opened, kind, reason);
  return viewOf(report, io.mode, io.zone);
}

async function askFunction({ store, now, book }: ViewIo, opened: OpenedStore, kind: ReportKind, reason: string | undefined) {
  const name = `${kind}-analysis` as const;
  const answer = await ask(opened, name, { tick: new Date(now).toISOString(), book, ...(reason === undefined ? {} : { reason }) });
  const { key } = (answer[book] ?? {}) as { readonly key?: string };
  const kept = key === undefined ? undefined : await store.records.get('report', key);
  if (kept === undefined) throw new Exit(1, `${name}: wrote nothing (${JSON.stringify(answer)}). Fix: try again, or see pilot logs`);
  return kept as Report;
}

async function writeHere({ config, mode, book }: ViewIo, { store, clock }: OpenedStore, kind: ReportKind, reason: string | undefined) {
  const writeLog = talk;
  const environment = commandEnvironment();
  const parts = { environment, config: { ...config, mode }, clock, speed: 1, store, digest: sha256, writeLog };
  return (await waiting(`${kind} analysis`, writeReport(parts, kind, book, reason))).report;
}
