import { lambdaApi } from '../shared/system/lambda-api.ts';

export const handler = lambdaApi();
