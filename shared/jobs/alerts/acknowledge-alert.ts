import type { OpenAlert } from '../../domain/words/alert-policy.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/store.ts';
import { OPEN } from './raise-alerts.ts';

/** A person has seen an open alert: it is not repeated. False when nothing of this cause is open. */
export async function acknowledgeAlert(
  { records, clock }: { readonly records: RecordStore; readonly clock: Clock },
  cause: string,
): Promise<boolean> {
  for (;;) {
    const open = (await records.get(OPEN, cause)) as OpenAlert | undefined;
    if (!open) return false;
    if (await records.swap(OPEN, cause, open, { ...open, acknowledgedAt: clock.now() })) return true;
  }
}
