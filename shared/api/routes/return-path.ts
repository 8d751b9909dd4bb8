/** Stands for this server while a path is read. */
const HERE = 'http://here.invalid';
/** It has to fit into a cookie. */
const LONGEST = 1_000;

/** The page to return to after signing in: a path of this server, never another site and never the door itself. */
export function returnPath(wanted: string | undefined): string {
  if (wanted === undefined || wanted.length > LONGEST || !wanted.startsWith('/') || !URL.canParse(wanted, HERE)) return '/';
  const { origin, pathname, search } = new URL(wanted, HERE);
  const path = `${pathname}${search}`;
  return origin !== HERE || path.startsWith('//') || /^\/auth(\/|$)/.test(pathname) ? '/' : path;
}
