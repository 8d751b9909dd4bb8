let silent = false;

/** Says something beside the answer, on stderr. Errors are no talk. */
export function talk(line: string): void {
  if (!silent) process.stderr.write(`${line}\n`);
}

/** `--quiet`: only what was asked for, and errors. */
export function beQuiet(quiet: boolean): void {
  silent = quiet;
}

/** Whether somebody watches who has not asked for silence. */
export function isWatched(): boolean {
  return process.stderr.isTTY === true && !silent;
}
