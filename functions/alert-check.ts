import { handle } from '../shared/system/handle.ts';
import { alertCheckRun } from '../shared/system/runs/alert-check-run.ts';

export const handler = handle('alert-check', alertCheckRun);
