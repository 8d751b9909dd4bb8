import { Exit } from '../exit.ts';

const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId', 'UnrecognizedClientException']);
const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationErrorException']);
const absent = new Set(['ResourceNotFoundException', 'NotFoundException']);

/** What AWS said, as an end of the command with its fix. `what` is what was asked for. */
export function awsFailure(what: string, cause: unknown): Exit {
  if (cause instanceof Exit) return cause;
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  const exit = (code: 1 | 3, said: string, fix: string) => new Exit(code, `${what}: ${said}. Fix: ${fix}`, { cause });
  if (name === 'CredentialsProviderError')
    return exit(3, 'there are no AWS credentials here', 'aws configure or aws sso login, or set AWS_PROFILE');
  if (/region is missing/i.test(message)) return exit(3, 'no AWS region is set', 'set AWS_REGION, or give your profile a region');
  if (expired.has(name)) return exit(3, 'AWS does not take these credentials any more', 'aws sso login, or give new keys');
  if (denied.has(name))
    return exit(1, `these credentials may not do it (${message})`, 'use a profile that may, or ask whoever runs the account');
  if (absent.has(name) || /does not exist/.test(message))
    return exit(1, 'it is not deployed in this account and region', 'pilot aws up, or set AWS_PROFILE and AWS_REGION');
  if (/^Invalid|ValidationError|UserError/.test(name)) return exit(1, message.replace(/\.$/, ''), 'correct what it names, then try again');
  return exit(3, message, 'check the network and the region, then try again');
}
