/** Where everything local seems to live. The account number is no real account's. */
export const localRegion = 'us-east-1';
export const localAccount = '000000000000';

export const arn = {
  function: (name: string): string => regional('lambda', `function:${name}`),
  table: (name: string): string => regional('dynamodb', `table/${name}`),
  topic: (name: string): string => regional('sns', name),
  queue: (name: string): string => regional('sqs', name),
  /** AWS appends a hyphen and six characters of its own to every secret's name; here they are always the same. */
  secret: (name: string): string => regional('secretsmanager', `secret:${name}${secretSuffix}`),
  logGroup: (name: string): string => regional('logs', `log-group:${name}:*`),
  schedule: (group: string, name: string): string => regional('scheduler', `schedule/${group}/${name}`),
  role: (name: string): string => `arn:aws:iam::${localAccount}:role/${name}`,
  bucket: (name: string): string => `arn:aws:s3:::${name}`,
  object: (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`,
} as const;

export const secretSuffix = '-local0';

function regional(service: string, resource: string): string {
  return `arn:aws:${service}:${localRegion}:${localAccount}:${resource}`;
}
