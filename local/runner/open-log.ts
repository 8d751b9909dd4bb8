import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from './local-names.ts';

/** Functions log here; what people read is on the page and in `pilot`. */
export function openLog(): (line: string) => void {
  const folder = join(stateFolder, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = createWriteStream(join(folder, 'latest.log'), { flags: 'a', mode: 0o600 });
  return (line) => void file.write(`${line}\n`);
}
