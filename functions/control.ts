import { handle } from '../shared/system/handle.ts';
import { controlRun } from '../shared/system/runs/control-run.ts';

export const handler = handle('control', controlRun);
