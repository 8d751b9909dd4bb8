import { EXCHANGE_ZONE } from '../et-day.ts';
import type { Alert } from './alert.ts';
import { plural, timeText } from './amounts.ts';
import type { ReportSection } from './report.ts';
import { pageText } from './screen.ts';

/** What happened since the last report and was not worth a message of its own; latest of each cause, oldest first. */
export function digestSection(alerts: readonly Alert[], zone: string = EXCHANGE_ZONE): ReportSection {
  const causes = Map.groupBy(
    alerts.toSorted((a, b) => a.at - b.at),
    ({ cause }) => cause,
  );
  const rows = [...causes.values()].flatMap((group): [string, string][] => {
    const last = group.at(-1);
    return last ? [[timeText(last.at, zone), `${last.type} ${pageText(last)}${group.length > 1 ? ` (${group.length} times)` : ''}`]] : [];
  });
  return { title: `Digest, ${plural(alerts.length, 'notice')}`, rows };
}
