/** `npm run study -- GROUP [--json]`: how well, over many simulated lives. */
import { runGroups } from '../bench/groups.ts';

process.exitCode = await runGroups(import.meta.dirname, 'study', process.argv.slice(2));
