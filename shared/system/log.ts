/** One line of JSON a fact: what CloudWatch can search, and `pilot logs` shows. */
export interface Log {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** Every line carries `fixed`: the job, its tick and the run's id. Errors are written with their causes. */
export function makeLog(fixed: Readonly<Record<string, unknown>>, write: (line: string) => void = (line) => console.log(line)): Log {
  const at =
    (level: string) =>
    (message: string, facts: Readonly<Record<string, unknown>> = {}) => {
      write(JSON.stringify({ level, time: new Date().toISOString(), ...fixed, message, ...facts }, errorsToo));
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

function errorsToo(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { name, message, stack, ...(cause === undefined ? {} : { cause }) };
}
