import { type Environment, readEnvironment } from './environment.ts';

/** The environment of this process, checked. Throws ConfigError. */
export function processEnvironment(): Environment {
  return readEnvironment(process.env);
}
