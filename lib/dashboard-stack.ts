import { type App, CfnOutput, Stack } from 'aws-cdk-lib';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { tables } from '../shared/system/map.ts';
import type { Names } from './names.ts';
import { addPhoneAccess } from './phone-access.ts';
import { pilotFunction } from './pilot-function.ts';
import type { Plan } from './plan.ts';

/** The dashboard. Its URL answers signed requests of this account only; `url` is where a phone finds it, if it may. */
export function dashboardStack(app: App, plan: Plan): { readonly stack: Stack; readonly url: string | undefined } {
  const { names, settings } = plan;
  const stack = new Stack(app, names.stack('dashboard'), { description: 'Kalshi Pilot: dashboard' });
  const api = pilotFunction(stack, 'api', plan);
  const { url } = api.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
  new CfnOutput(stack, 'PrivateUrl', { value: url, description: 'Answers requests signed with AWS credentials, as curl --aws-sigv4 does' });
  new CfnOutput(stack, 'ReadReports', { value: readReports(names), description: 'The reports of a day, without our command line' });
  return { stack, url: settings.dashboard === 'phone' ? addPhoneAccess(stack, api, plan) : undefined };
}

function readReports(names: Names): string {
  const { partitionKey, sortKey } = tables.reports;
  return (
    `aws dynamodb query --table-name ${names.table('reports')} --key-condition-expression "#records = :report AND begins_with(#key, :day)" ` +
    `--expression-attribute-names '{"#records":"${partitionKey}","#key":"${sortKey}"}' ` +
    `--expression-attribute-values '{":report":{"S":"report"},":day":{"S":"2026-11-20"}}'`
  );
}
