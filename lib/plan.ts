import type { FunctionName, FunctionSpec } from '../shared/system/map.ts';
import type { Names } from './names.ts';
import type { Settings } from './settings.ts';

/** What every stack is built from. */
export interface Plan {
  readonly settings: Settings;
  readonly names: Names;
  /** What runs and when: the map, with the times of pilot.config.ts. */
  readonly map: Readonly<Record<FunctionName, FunctionSpec>>;
  /** Folder that holds `functions`, one file per function of the map, each exporting `handler`; and the lockfile. */
  readonly root: string;
}
