import { handle } from '../shared/system/handle.ts';
import { forecastRun } from '../shared/system/runs/forecast-run.ts';

export const handler = handle('forecast', forecastRun);
