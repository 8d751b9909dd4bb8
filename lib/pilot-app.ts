import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { retimed, type Times } from '../shared/system/map/schedule.ts';
import { functions } from '../shared/system/map.ts';
import { dashboardStack } from './dashboard-stack.ts';
import { functionsStack } from './functions-stack.ts';
import { namesOf } from './names.ts';
import type { Plan } from './plan.ts';
import { settingsFrom } from './settings.ts';
import { stateStack } from './state-stack.ts';
import { watchStack } from './watch-stack.ts';

/**
 * The whole system in one account: what is kept, what is seen, what runs, what watches. `times` are those of the
 * configuration. Throws on a wrong setting.
 */
export function pilotApp(app: App, root: string, times: Pick<Times, 'alertMinutes'> = {}): void {
  const settings = settingsFrom(app.node.getAllContext());
  const plan: Plan = { settings, names: namesOf(settings.name), map: retimed(functions, times), root };
  const state = stateStack(app, plan);
  const dashboard = dashboardStack(app, plan);
  const jobs = functionsStack(app, plan, dashboard.url);
  const watch = watchStack(app, plan);
  for (const stack of [dashboard.stack, jobs, watch]) stack.addStackDependency(state, 'they meet by name');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
