import { type Environment, readEnvironment } from './environment.ts';

/** The environment of this process, checked. Throws ConfigError. */
export function processEnvironment(): Environment {
  return readEnvironment(process.env);
}

/** Where a deployed function's own files lie. */
export function taskRoot(): string {
  return process.env.LAMBDA_TASK_ROOT ?? process.cwd();
}
