import { Aws, CfnOutput, Duration, RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  OriginRequestPolicy,
  PriceClass,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { doorman } from './doorman.ts';
import type { Names } from './names.ts';
import type { Plan } from './plan.ts';
import type { Settings } from './settings.ts';

/**
 * Sign-in with Cognito behind CloudFront. API Gateway checks the token before our code runs, so nothing but `/auth/…`
 * is reachable without one; a cookie cannot be an authorizer's input, so CloudFront turns it into the header. The refresh
 * token, which keeps a phone signed in, is seen by `/auth/…` alone. Returns the address.
 */
export function addPhoneAccess(stack: Stack, api: Lambda, { names, settings }: Plan): string {
  const gateway = new HttpApi(stack, 'Gateway', { apiName: names.lambda('api'), createDefaultStage: false });
  addStage(stack, gateway, names, settings);
  const distribution = addDistribution(stack, gateway, names);
  const url = `https://${distribution.distributionDomainName}`;
  const { pool, client, signIn } = addSignIn(stack, names, url);
  addRoutes(gateway, api, pool, client);
  api.addEnvironment('PILOT_DASHBOARD_URL', url);
  api.addEnvironment('PILOT_SIGN_IN_URL', signIn);
  api.addEnvironment('PILOT_SIGN_IN_CLIENT', client.userPoolClientId);
  api.addEnvironment('PILOT_SIGN_IN_ISSUER', pool.userPoolProviderUrl);
  new CfnOutput(stack, 'PhoneUrl', { value: url });
  new CfnOutput(stack, 'AddPerson', {
    value: `aws cognito-idp admin-create-user --user-pool-id ${pool.userPoolId} --username you@example.com`,
    description: 'Nobody can sign up; people are invited',
  });
  return url;
}

/** Twenty requests a second are plenty for one person, and a lid on the bill. */
function addStage(stack: Stack, httpApi: HttpApi, names: Names, settings: Settings): void {
  const visits = new LogGroup(stack, 'Visits', {
    logGroupName: names.visits,
    retention: settings.logDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new HttpStage(stack, 'Stage', {
    httpApi,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: 20, burstLimit: 40 },
    accessLogSettings: { destination: new LogGroupLogDestination(visits), format: AccessLogFormat.jsonWithStandardFields() },
  });
}

function addDistribution(stack: Stack, gateway: HttpApi, names: Names): Distribution {
  const distribution = new Distribution(stack, 'Edge', {
    comment: `${names.system} dashboard`,
    priceClass: PriceClass.PRICE_CLASS_100,
    defaultBehavior: {
      origin: new HttpOrigin(`${gateway.apiId}.execute-api.${Aws.REGION}.amazonaws.com`),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: addDoorman(stack) }],
    },
  });
  const reasons = {
    'AwsSolutions-CFR1': 'Its owner travels; who may come in is decided by sign-in, not by country.',
    'AwsSolutions-CFR2':
      'A web application firewall costs several times the system. One owner, MFA, a throttle and a token check before our code.',
    'AwsSolutions-CFR3': 'API Gateway writes the access log, after the token check; a second one in S3 would say the same.',
    'AwsSolutions-CFR4': 'The default certificate fixes the policy. With your own domain: set a certificate and TLSv1.2_2021.',
  };
  for (const [id, reason] of Object.entries(reasons)) Validations.of(distribution).acknowledge({ id, reason });
  return distribution;
}

/** Sends who has no session to sign in, and shows the session of who has to API Gateway. */
function addDoorman(stack: Stack): EdgeFunction {
  return new EdgeFunction(stack, 'Doorman', { runtime: FunctionRuntime.JS_2_0, code: FunctionCode.fromInline(doorman) });
}

function addSignIn(stack: Stack, names: Names, url: string) {
  const pool = new UserPool(stack, 'People', {
    userPoolName: names.system,
    featurePlan: FeaturePlan.ESSENTIALS,
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: { minLength: 14, requireDigits: true, requireLowercase: true, requireUppercase: true, requireSymbols: true },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(pool).acknowledge({
    id: 'AwsSolutions-COG8',
    reason: 'The Plus plan is priced per person for threat protection. Nobody can sign up, and a second factor is required.',
  });
  const client = pool.addClient('Browser', {
    // A public client: the code exchange is proven by PKCE, and there is no secret to keep.
    generateSecret: false,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
      callbackUrls: [`${url}/auth/callback`],
      logoutUrls: [`${url}/auth/goodbye`],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    enableTokenRevocation: true,
    idTokenValidity: Duration.hours(12),
    accessTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(90),
    preventUserExistenceErrors: true,
  });
  const domain = pool.addDomain('SignIn', { cognitoDomain: { domainPrefix: `${names.system}-${Aws.ACCOUNT_ID}` } });
  return { pool, client, signIn: domain.baseUrl() };
}

function addRoutes(gateway: HttpApi, api: Lambda, pool: UserPool, client: UserPoolClient): void {
  const integration = new HttpLambdaIntegration('Dashboard', api);
  const authorizer = new HttpJwtAuthorizer('Session', pool.userPoolProviderUrl, { jwtAudience: [client.userPoolClientId] });
  for (const path of ['/', '/{proxy+}']) gateway.addRoutes({ path, methods: [HttpMethod.ANY], integration, authorizer });
  gateway.addRoutes({ path: '/auth/{proxy+}', methods: [HttpMethod.GET], integration });
  Validations.of(gateway).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason: 'Only /auth/… is open: it is where signing in happens, and it reads nothing.',
  });
}
