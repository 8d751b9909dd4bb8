/** `node checks/complete-lock.ts`, after every `npm install`: gives the lockfile the entries that `npm ci` would miss. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingEntries } from './lock.ts';
import { readText, root } from './sources.ts';

const lock = JSON.parse(readText('package-lock.json'));
const missing = missingEntries(lock.packages);
const packages = Object.entries({ ...lock.packages, ...missing }).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
writeFileSync(join(root, 'package-lock.json'), `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
console.log(`${Object.keys(missing).length} entries added`);
