import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDashboard } from './build-dashboard.ts';

/** Writes the page's script and style into a folder, for a bundle that serves them: `node local/write-dashboard.ts FOLDER`. */
const [, , folder] = process.argv;
if (folder === undefined) throw new Error('no folder. Fix: node local/write-dashboard.ts FOLDER');
const { script, style } = await buildDashboard();
writeFileSync(join(folder, 'client.js'), script);
writeFileSync(join(folder, 'style.css'), style);
