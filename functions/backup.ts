import { handle } from '../shared/system/handle.ts';
import { backupRun } from '../shared/system/runs/backup-run.ts';

export const handler = handle('backup', backupRun);
