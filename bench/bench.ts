/** `npm run bench -- GROUP [--json]`: how fast, against what the machine can do. */
import { runGroups } from './groups.ts';

process.exitCode = await runGroups(import.meta.dirname, 'bench', process.argv.slice(2));
