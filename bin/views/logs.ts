/** What lines are wanted. */
export interface LogFilter {
  readonly job?: string;
  readonly level: 'info' | 'warn' | 'error';
}

const levels: readonly string[] = ['info', 'warn', 'error'];

interface LogEntry {
  readonly level: string;
  readonly time: string;
  readonly job?: string;
  readonly message: string;
}

/** Whether a line is of this job and this bad or worse. What is no log line is wanted only without a filter. */
export function logWanted(line: string, { job, level }: LogFilter): boolean {
  const entry = read(line);
  if (entry === undefined) return job === undefined && level === 'info' && !line.startsWith('{"_aws"');
  return (job === undefined || entry.job === job) && levels.indexOf(entry.level) >= levels.indexOf(level);
}

/** A line for people: time, level, job, what it says, and its facts. */
export function logLine(line: string): string {
  const entry = read(line);
  if (entry === undefined) return line;
  const { level, time, job, message, ...facts } = entry;
  const { tick: _tick, run: _run, ...rest } = facts as Readonly<Record<string, unknown>>;
  const said = Object.entries(rest).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [time.slice(0, 19).replace('T', ' '), level.toUpperCase().padEnd(5), (job ?? '-').padEnd(14), message, ...said].join('  ');
}

function read(line: string): LogEntry | undefined {
  try {
    const value = JSON.parse(line) as Partial<LogEntry>;
    const { level, time, message } = value;
    return level !== undefined && time !== undefined && message !== undefined ? { ...value, level, time, message } : undefined;
  } catch {
    return undefined;
  }
}
