import * as z from 'zod/mini';
import { arn, secretSuffix } from '../../arn.ts';
import type { AwsApi } from '../aws-api.ts';
import { AwsFailure } from '../aws-failure.ts';
import type { AwsRequest } from '../aws-request.ts';
import { jsonBody, jsonOperation, jsonProtocol, unknownOperation } from '../json-protocol.ts';
import { type SecretVault, type StoredSecret, secretVault, withValue } from './secret-vault.ts';

const secretId = z.pipe(z.string().check(z.minLength(1)), z.transform(nameOf));
const asked = z.object({ SecretId: secretId, VersionStage: z._default(z.enum(['AWSCURRENT', 'AWSPREVIOUS']), 'AWSCURRENT') });
const creation = z.object({
  Name: z.string().check(z.regex(/^[\w/+=.@-]{1,512}$/)),
  Description: z.optional(z.string()),
  SecretString: z.optional(z.string()),
});
const newValue = z.object({ SecretId: secretId, SecretString: z.string() });
const change = z.object({ SecretId: secretId, SecretString: z.optional(z.string()), Description: z.optional(z.string()) });
const either = z.object({ SecretId: z.optional(secretId), Name: z.optional(z.string()) });

type Operation = (vault: SecretVault, request: AwsRequest) => Promise<unknown>;

const operations: Readonly<Record<string, Operation>> = {
  CreateSecret: create,
  PutSecretValue: putValue,
  UpdateSecret: update,
  GetSecretValue: getValue,
  DescribeSecret: describe,
};

const { reply, refuse } = jsonProtocol('1.1');

/** Secrets Manager for secret strings. Throws CorruptState. */
export async function secretsManager(folder: string, now: () => number): Promise<AwsApi> {
  const vault = await secretVault(folder, now);
  return {
    plan(request) {
      const operation = jsonOperation(request);
      const run = operations[operation];
      if (run === undefined) throw unknownOperation('secretsmanager', operation);
      const { SecretId, Name } = jsonBody(request, either);
      const resource = arn.secret(SecretId ?? Name ?? '');
      return { operation, needs: [{ action: `secretsmanager:${operation}`, resource }], run: async () => reply(await run(vault, request)) };
    },
    refuse,
  };
}

async function create(vault: SecretVault, request: AwsRequest): Promise<unknown> {
  const { Name, Description, SecretString } = jsonBody(request, creation);
  if (vault.has(Name)) {
    throw new AwsFailure('ResourceExistsException', `The operation failed because the secret ${Name} already exists.`);
  }
  const empty: StoredSecret = { name: Name, createdAt: vault.now(), ...(Description !== undefined && { description: Description }) };
  return written(await vault.save(SecretString === undefined ? empty : withValue(empty, SecretString, vault.now())));
}

async function putValue(vault: SecretVault, request: AwsRequest): Promise<unknown> {
  const { SecretId, SecretString } = jsonBody(request, newValue);
  return written(await vault.save(withValue(vault.get(SecretId), SecretString, vault.now())));
}

async function update(vault: SecretVault, request: AwsRequest): Promise<unknown> {
  const { SecretId, SecretString, Description } = jsonBody(request, change);
  const described = { ...vault.get(SecretId), ...(Description !== undefined && { description: Description }) };
  return written(await vault.save(SecretString === undefined ? described : withValue(described, SecretString, vault.now())));
}

async function getValue(vault: SecretVault, request: AwsRequest): Promise<unknown> {
  const { SecretId, VersionStage } = jsonBody(request, asked);
  const secret = vault.get(SecretId);
  const found = VersionStage === 'AWSCURRENT' ? secret.current : secret.previous;
  if (found === undefined) {
    throw new AwsFailure(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for staging label: ${VersionStage}`,
    );
  }
  const { id, text, at } = found;
  return { ...identity(secret), VersionId: id, SecretString: text, VersionStages: [VersionStage], CreatedDate: at / 1000 };
}

async function describe(vault: SecretVault, request: AwsRequest): Promise<unknown> {
  const secret = vault.get(jsonBody(request, asked).SecretId);
  const changedAt = secret.current?.at ?? secret.createdAt;
  return {
    ...identity(secret),
    Description: secret.description,
    CreatedDate: secret.createdAt / 1000,
    LastChangedDate: changedAt / 1000,
  };
}

function written(secret: StoredSecret): unknown {
  return { ...identity(secret), VersionId: secret.current?.id };
}

function identity({ name }: StoredSecret): { readonly ARN: string; readonly Name: string } {
  return { ARN: arn.secret(name), Name: name };
}

/** A secret may be asked for by name, by ARN, or by ARN without its suffix. */
function nameOf(id: string): string {
  const prefix = arn.secret('').slice(0, -secretSuffix.length);
  if (!id.startsWith(prefix)) return id;
  const name = id.slice(prefix.length);
  return name.endsWith(secretSuffix) ? name.slice(0, -secretSuffix.length) : name;
}
