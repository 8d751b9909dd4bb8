/** The keys of the function's role, as Lambda puts them into its environment. */
interface RoleKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * In a bundle this stands for the SDK's own chain of credentials, which also knows files, single sign-on, processes and
 * metadata servers: a third of a bundle's size, and a role's function never uses them. Throws when the keys are not there.
 */
export function defaultProvider(): () => Promise<RoleKeys> {
  return async () => {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
    if (!accessKeyId || !secretAccessKey) {
      throw new Error(
        'AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: not in the environment. Fix: run the bundle as Lambda does, with its role’s keys',
      );
    }
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  };
}
