import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { pilotApp } from '../../lib/pilot-app.ts';

const root = join(import.meta.dirname, '..', '..');

/** What `npm run synth` writes, bundles included, in a folder of its own. */
export function synthesizedApp(): { readonly folder: string; remove(): void } {
  const outdir = mkdtempSync(join(tmpdir(), 'pilot-cdk-'));
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { readonly context: Readonly<Record<string, unknown>> };
  const app = new App({ outdir, context, analyticsReporting: false });
  pilotApp(app, root);
  const { directory } = app.synth();
  return { folder: directory, remove: () => rmSync(outdir, { recursive: true, force: true }) };
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>>;
}

/** Gives a function less time, so that a test need not wait a minute to see it run out. */
export function shorten(folder: string, functionName: string, seconds: number): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.template.json'))) {
    const template = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Template;
    const found = Object.values(template.Resources).find(
      ({ Properties }) => Properties?.FunctionName === functionName && 'Timeout' in Properties,
    );
    if (!found) continue;
    found.Properties.Timeout = seconds;
    writeFileSync(join(folder, file), JSON.stringify(template));
    return;
  }
  throw new Error(`${functionName} is in no template of ${folder}. Fix: name a function of the map`);
}
