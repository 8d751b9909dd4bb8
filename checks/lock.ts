/**
 * A registry may lack the builds of a package for other platforms. `npm install` then leaves them out of the lockfile without a word,
 * and `npm ci` refuses it on every machine. So each optional dependency gets its entry, with the platform its name tells.
 */
export interface LockEntry {
  readonly version?: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Packages by their place, as in package-lock.json. */
export type LockedPackages = Readonly<Record<string, LockEntry>>;

/** The entries the lockfile lacks, by their place; empty when `npm ci` has all it asks for. */
export function missingEntries(packages: LockedPackages): LockedPackages {
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isReachable(packages, place, name))
      .map(([name, version]) => [`node_modules/${name}`, { version, optional: true, ...platformOf(name) }] as const),
  );
  return Object.fromEntries(missing);
}

/** Node's own search: beside the package, then up. */
function isReachable(packages: LockedPackages, place: string, name: string): boolean {
  if (`${place}/node_modules/${name}`.replace(/^\//, '') in packages) return true;
  return place !== '' && isReachable(packages, place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/'))), name);
}

/** `@oxlint/binding-linux-arm64-musl` runs on linux, arm64, musl. */
function platformOf(name: string): LockEntry {
  const words = name.split(/[/-]/);
  const os = words.filter((word) => ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'].includes(word));
  const cpu = words.filter((word) => ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'].includes(word));
  const libc = words.flatMap((word) => (word.startsWith('musl') ? ['musl'] : word.startsWith('gnu') ? ['glibc'] : []));
  return Object.fromEntries(Object.entries({ os, cpu, libc: os.includes('linux') ? libc : [] }).filter(([, words]) => words.length > 0));
}
