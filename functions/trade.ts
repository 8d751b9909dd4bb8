import { handle } from '../shared/system/handle.ts';
import { tradeRun } from '../shared/system/runs/trade-run.ts';

export const handler = handle('trade', tradeRun);
