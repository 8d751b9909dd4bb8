import { GetFunctionUrlConfigCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Command, Option } from 'commander';
import { localNames } from '../../local/runner/local-names.ts';
import { findRunning } from '../../local/runner/running.ts';
import { awsFailure } from '../aws/aws-failure.ts';
import { type SignedProxy, startSignedProxy } from '../aws/signed-proxy.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import { talk } from '../talk.ts';

/** Where the page in AWS takes actions from: shared/system/lambda-api knows no other. */
const PORT = 8083;

interface DashboardOptions {
  readonly env: 'local' | 'aws';
  readonly json?: boolean;
}

/** `pilot dashboard`: where the page of this machine is; or the private one in AWS, on this machine until it is interrupted. */
export function dashboardCommand(): Command {
  return new Command('dashboard')
    .description('where the dashboard is; with --env aws the private one, signed with your AWS credentials')
    .addHelpText('before', 'Examples: pilot dashboard\n          pilot dashboard --env aws\n')
    .addOption(new Option('--env <place>', 'this machine, or your AWS account').choices(['local', 'aws']).default('local'))
    .option('--json', 'one JSON value')
    .action(dashboard);
}

async function dashboard({ env, json }: DashboardOptions): Promise<void> {
  const say = (url: string) => (json ? printJson({ url }) : process.stdout.write(`${url}\n`));
  if (env === 'local') {
    const running = findRunning();
    if (!running) throw new Exit(3, 'dashboard: no system runs here. Fix: npm start, or --env aws');
    say(running.dashboard);
    return;
  }
  const proxy = await openProxy();
  say(proxy.url);
  talk('  Signed with your AWS credentials, for this machine only. Ctrl-C stops it.');
  await interrupted();
  await proxy.close();
}

async function openProxy(): Promise<SignedProxy> {
  const client = new LambdaClient({ maxAttempts: 3 });
  const { credentials, region, sha256 } = client.config;
  const FunctionName = `${localNames.prefix}api`;
  const found = await client.send(new GetFunctionUrlConfigCommand({ FunctionName })).catch((cause: unknown) => {
    throw awsFailure('dashboard', cause);
  });
  const target = new URL(found.FunctionUrl ?? '');
  return startSignedProxy({ target, port: PORT, credentials, region, sha256 }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EADDRINUSE') throw cause;
    throw new Exit(1, `dashboard: port ${PORT} is in use, and the page in AWS takes actions from there only. Fix: stop what uses it`, {
      cause,
    });
  });
}

function interrupted(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}
