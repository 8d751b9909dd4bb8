/** `node checks/write-configuration-page.ts`, after a setting changed: brings docs/configuration.md up to date. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { presets } from '../shared/system/config/presets.ts';
import { settings } from '../shared/system/config/settings.ts';
import { configurationPage } from './configuration-page.ts';
import { readText, root } from './sources.ts';

const path = 'docs/configuration.md';
writeFileSync(join(root, path), configurationPage(readText(path), settings(), presets));
