/** `node checks/write-api-page.ts`, after the contract changed: brings docs/api.md up to date. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiPage } from './api-page.ts';
import { action, endpoints } from './endpoints.ts';
import { readText, root } from './sources.ts';

const path = 'docs/api.md';
writeFileSync(join(root, path), apiPage(readText(path), endpoints, action));
