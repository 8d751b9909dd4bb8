import { handle } from '../shared/system/handle.ts';
import { syncRun } from '../shared/system/runs/sync-run.ts';

export const handler = handle('sync', syncRun);
