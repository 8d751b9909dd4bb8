import { handle } from '../shared/system/handle.ts';
import { analysisRun } from '../shared/system/runs/analysis-run.ts';

export const handler = handle('daily-analysis', analysisRun('daily'));
