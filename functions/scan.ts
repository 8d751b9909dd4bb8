import { handle } from '../shared/system/handle.ts';
import { scanRun } from '../shared/system/runs/scan-run.ts';

export const handler = handle('scan', scanRun);
