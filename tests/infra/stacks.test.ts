import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionNames, functions, tables } from '../../shared/system/map.ts';
import { plain, type Resource, synthesized } from './synthesized.ts';

const usual = synthesized();
const phone = synthesized({ dashboard: 'phone' });
const lambdas = [...usual.of('AWS::Lambda::Function').values()];

function only(found: ReadonlyMap<string, Resource>): Resource {
  const [resource, ...others] = found.values();
  if (!resource || others.length > 0) throw new Error(`Expected one such resource, found ${found.size}.`);
  return resource;
}

describe('the functions', () => {
  it('are those of the map, with its time and memory, on arm64 and Node 24', () => {
    const made = lambdas.map(({ Properties: { FunctionName, Timeout, MemorySize, Runtime, Architectures } }) => {
      return { name: plain(FunctionName), Timeout, MemorySize, Runtime, Architectures };
    });
    const said = functionNames.map((name) => ({
      name: `kalshi-pilot-${name}`,
      Timeout: functions[name].timeoutSeconds,
      MemorySize: functions[name].memoryMb,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
    }));
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    expect(made.sort(byName)).toEqual(said.sort(byName));
  });

  const handlers = readdirSync('functions').filter((file) => file.endsWith('.ts'));
  it('are the files in functions, one each', () => {
    expect(handlers.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual([...functionNames].sort());
  });

  it('know names and places, and no secret', () => {
    for (const { Properties } of lambdas) {
      const { Variables } = Properties.Environment as { readonly Variables: Readonly<Record<string, unknown>> };
      expect(Variables.PILOT_MODE).toBe('paper');
      for (const [name, value] of Object.entries(Variables)) {
        expect(`${name}=${plain(value)}`).toMatch(/^PILOT_[A-Z_]+=[\w<>:./-]+$/);
        expect(plain(value)).not.toMatch(/resolve:|BEGIN|key-|xai-[a-z0-9]{6}/i);
      }
    }
  });

  it('keep their logs for a while and not for ever', () => {
    const groups = [...phone.of('AWS::Logs::LogGroup').values()];
    expect(groups).toHaveLength(functionNames.length + 1);
    expect(groups.every(({ Properties }) => Properties.RetentionInDays === 30)).toBe(true);
  });

  it('are not run again by AWS where orders are placed, and keep what failed', () => {
    const configs = new Map(
      [...usual.of('AWS::Lambda::EventInvokeConfig')].map(([id, { Properties }]) => [id.replace(/delivery$/, ''), Properties]),
    );
    for (const name of ['scan', 'forecast', 'trade', 'sync', 'control']) {
      expect(configs.get(name)).toMatchObject({ MaximumRetryAttempts: 0 });
      expect(Number(configs.get(name)?.MaximumEventAgeInSeconds)).toBeLessThanOrEqual(120);
    }
    expect(lambdas.every(({ Properties }) => Properties.DeadLetterConfig !== undefined)).toBe(true);
  });

  it('follow each other on success and on failure: scan, forecast, trade', () => {
    const configs = [...usual.of('AWS::Lambda::EventInvokeConfig').values()].map(({ Properties }) => Properties);
    const ids = new Map([...usual.of('AWS::Lambda::Function')].map(([id, { Properties }]) => [id, plain(Properties.FunctionName)]));
    const named = (reference: unknown) => ids.get(plain(reference).replace(/^<|(\.Arn)?>$/g, ''))?.replace('kalshi-pilot-', '');
    type Destination = { readonly Destination: unknown };
    const chains = configs.flatMap(({ FunctionName, DestinationConfig }) => {
      const { OnSuccess, OnFailure } = (DestinationConfig ?? {}) as { readonly OnSuccess?: Destination; readonly OnFailure?: Destination };
      return OnSuccess ? [[named(FunctionName), named(OnSuccess.Destination), named(OnFailure?.Destination)]] : [];
    });
    expect(chains).toEqual([
      ['scan', 'forecast', 'forecast'],
      ['forecast', 'trade', 'trade'],
    ]);
  });
});

describe('what is kept', () => {
  it('survives the stack, can be restored to any second, and cannot be deleted by mistake', () => {
    const made = [...usual.of('AWS::DynamoDB::GlobalTable').values()];
    expect(made.map(({ Properties }) => plain(Properties.TableName)).sort()).toEqual(['kalshi-pilot-reports', 'kalshi-pilot-state']);
    for (const { DeletionPolicy, Properties } of made) {
      expect(DeletionPolicy).toBe('Retain');
      expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
      expect(Properties.TimeToLiveSpecification).toEqual({ AttributeName: tables.state.ttl, Enabled: true });
      const [replica] = Properties.Replicas as readonly Readonly<Record<string, unknown>>[];
      expect(replica).toMatchObject({ DeletionProtectionEnabled: true });
      expect(replica?.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
    }
  });

  it('holds two secrets, born without a key in them', () => {
    const secrets = [...usual.of('AWS::SecretsManager::Secret').values()];
    expect(secrets.map(({ Properties }) => Properties.Name)).toEqual(['kalshi-pilot/kalshi', 'kalshi-pilot/xai']);
    expect(secrets.every(({ Properties }) => Properties.SecretString === undefined && Properties.GenerateSecretString !== undefined)).toBe(
      true,
    );
  });

  it('lets recordings go after 30 days, and lets nobody in from outside', () => {
    const { Properties } = only(usual.of('AWS::S3::Bucket'));
    expect(JSON.stringify(Properties.LifecycleConfiguration)).toContain('"ExpirationInDays":30');
    expect(Object.values(Properties.PublicAccessBlockConfiguration as object)).toEqual([true, true, true, true]);
  });

  it('wants TLS of whoever speaks to the bucket, the topic or the queue', () => {
    const types = ['AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy'];
    const policies = types.flatMap((type) => [...usual.of(type).values()]);
    expect(policies).toHaveLength(3);
    for (const { Properties } of policies) {
      const { PolicyDocument } = Properties as { readonly PolicyDocument: { readonly Statement: readonly unknown[] } };
      const denied = PolicyDocument.Statement.filter((each) => JSON.stringify(each).includes('"aws:SecureTransport":"false"'));
      expect(denied.map((each) => (each as { readonly Effect: string }).Effect)).toEqual(['Deny']);
    }
  });

  it('has one topic', () => expect(only(usual.of('AWS::SNS::Topic')).Properties.TopicName).toBe('kalshi-pilot-alerts'));

  it('names no address and no phone', () => expect(usual.of('AWS::SNS::Subscription').size).toBe(0));
});

describe('what watches', () => {
  const alarms = [...usual.of('AWS::CloudWatch::Alarm').values()].map(({ Properties }) => Properties);

  it('stays within the ten alarms and ten metrics that cost nothing', () => {
    expect(alarms.length).toBeLessThanOrEqual(10);
    expect(alarms.every(({ Metrics }) => Metrics === undefined)).toBe(true);
    const custom = new Set(
      alarms.filter(({ Namespace }) => Namespace === 'KalshiPilot').map(({ Dimensions }) => JSON.stringify(Dimensions)),
    );
    expect(custom.size).toBe(functionNames.filter((name) => functions[name].aliveWithinMinutes !== undefined).length);
    expect(custom.size).toBeLessThanOrEqual(10);
  });

  it('takes the silence of scan, sync and trade for an alarm, after more than one missed run', () => {
    for (const [name, minutes] of [
      ['scan', 45],
      ['trade', 45],
      ['sync', 15],
    ] as const) {
      const alarm = alarms.find(({ AlarmName }) => AlarmName === `kalshi-pilot ${name} is silent`);
      expect(alarm).toMatchObject({ TreatMissingData: 'breaching', ComparisonOperator: 'LessThanThreshold', Threshold: 1 });
      expect((Number(alarm?.Period) * Number(alarm?.EvaluationPeriods)) / 60).toBe(minutes);
    }
  });

  it('tells when it begins and when it ends', () => {
    for (const { AlarmActions, OKActions } of alarms) {
      expect([AlarmActions, OKActions].map(plain)).toEqual(
        Array(2).fill('arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:kalshi-pilot-alerts'),
      );
    }
  });

  it('may speak on the topic, as may the budget', () => {
    const policy = JSON.stringify(only(usual.of('AWS::SNS::TopicPolicy')).Properties);
    expect(policy).toContain('cloudwatch.amazonaws.com');
    expect(policy).toContain('budgets.amazonaws.com');
    expect(policy).toContain('aws:SourceAccount');
  });
});

describe('the dashboard', () => {
  it('answers signed requests of this account only', () => {
    for (const app of [usual, phone]) expect(only(app.of('AWS::Lambda::Url')).Properties.AuthType).toBe('AWS_IAM');
    expect(usual.of('AWS::ApiGatewayV2::Api').size).toBe(0);
    expect(usual.of('AWS::CloudFront::Distribution').size).toBe(0);
  });

  it('opens nothing but sign-in to a phone that has not signed in', () => {
    const routes = [...phone.of('AWS::ApiGatewayV2::Route').values()].map(({ Properties }) => [
      Properties.RouteKey,
      Properties.AuthorizationType,
    ]);
    expect(Object.fromEntries(routes)).toEqual({
      'ANY /': 'JWT',
      'ANY /{proxy+}': 'JWT',
      'GET /auth/{proxy+}': 'NONE',
    });
    expect(only(phone.of('AWS::Cognito::UserPool')).Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
    });
  });

  it('knows where people sign in, and whose word about them counts', () => {
    const made = [...phone.of('AWS::Lambda::Function').values()].find(
      ({ Properties }) => plain(Properties.FunctionName) === 'kalshi-pilot-api',
    );
    const { Variables } = (made?.Properties.Environment ?? {}) as { readonly Variables: Readonly<Record<string, unknown>> };
    expect(plain(Variables.PILOT_SIGN_IN_URL)).toMatch(/^https:\/\/.*\.amazoncognito\.com$/);
    expect(plain(Variables.PILOT_SIGN_IN_ISSUER)).toMatch(/^https:\/\/cognito-idp\.|ProviderURL/);
    expect(only(phone.of('AWS::Cognito::UserPoolClient')).Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      EnableTokenRevocation: true,
    });
  });

  it('has a doorman that fits where CloudFront runs it', () => {
    const { FunctionCode, FunctionConfig } = only(phone.of('AWS::CloudFront::Function')).Properties as Readonly<Record<string, unknown>>;
    expect(String(FunctionCode).length).toBeLessThan(10_000);
    expect(FunctionConfig).toMatchObject({ Runtime: 'cloudfront-js-2.0' });
  });

  it('is linked from every alert when a phone can open it', () => {
    const links = [...phone.of('AWS::Lambda::Function').values()].map(
      ({ Properties }) =>
        (Properties.Environment as { readonly Variables: Readonly<Record<string, unknown>> }).Variables.PILOT_DASHBOARD_URL,
    );
    expect(links.filter((link) => link !== undefined)).toHaveLength(functionNames.length);
  });
});

it('prints the commands a person needs without ours', () => {
  const outputs = Object.assign({}, ...[...usual.stacks.values()].map(({ Outputs }) => Outputs)) as Readonly<
    Record<string, { Value: unknown }>
  >;
  expect(plain(outputs.RunEmergencyAnalysis?.Value)).toMatch(
    /^aws lambda invoke --function-name kalshi-pilot-emergency-analysis .*--payload '\{"reason":/,
  );
  expect(plain(outputs.RunSync?.Value)).toContain('--function-name kalshi-pilot-sync ');
  expect(plain(outputs.ReadReports?.Value)).toContain('aws dynamodb query --table-name kalshi-pilot-reports ');
});
