import type { Names } from './names.ts';
import type { Settings } from './settings.ts';

/** What every stack is built from. */
export interface Plan {
  readonly settings: Settings;
  readonly names: Names;
  /** Folder that holds `functions`, one file per function of the map, each exporting `handler`; and the lockfile. */
  readonly root: string;
}
