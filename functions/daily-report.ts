import { handle } from '../shared/system/handle.ts';
import { dailyReportRun } from '../shared/system/runs/daily-report-run.ts';

export const handler = handle('daily-report', dailyReportRun);
