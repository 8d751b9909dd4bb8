import { handle } from '../shared/system/handle.ts';
import { learnRun } from '../shared/system/runs/learn-run.ts';

export const handler = handle('learn', learnRun);
