import { handle } from '../shared/system/handle.ts';
import { healthRun } from '../shared/system/runs/health-run.ts';

export const handler = handle('health', healthRun);
