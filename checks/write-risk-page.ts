/** `node checks/write-risk-page.ts`, after a check of the gate changed: brings docs/risk.md up to date. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../shared/domain/risk/checks.ts';
import { riskPage } from './risk-page.ts';
import { readText, root } from './sources.ts';

const path = 'docs/risk.md';
writeFileSync(join(root, path), riskPage(readText(path), checks));
