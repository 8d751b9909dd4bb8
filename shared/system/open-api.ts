import type { ActionBody, ActionResult } from '../api/contract/action.ts';
import type { Access, Action, ApiIo, ApiSettings, Assets } from '../api/routes/api-io.ts';
import { parsePrice } from '../domain/money.ts';
import { askFunction } from './ask-function.ts';
import { usd } from './config/domain-settings.ts';
import { deskSettings } from './desk-settings.ts';
import type { FunctionName } from './map.ts';
import type { Parts } from './parts.ts';

/** What only the host knows of itself. */
export interface ApiHost extends Pick<ApiSettings, 'startedAt' | 'times' | 'cloudPerMonth' | 'updates'> {
  readonly assets: Assets;
  readonly access: Access;
}

/** API Gateway waits 29 seconds for an answer. */
const WAIT_MS = 24_000;

/** The page and its data over this process's store; its buttons ask the functions that may act. */
export function openApi(parts: Parts, { assets, access, ...host }: ApiHost): ApiIo {
  const { store, clock, config, environment, speed } = parts;
  const { limits, rungs, exits } = deskSettings(config);
  const settings: ApiSettings = {
    ...host,
    mode: config.mode,
    prices: environment.PILOT_PRICES ?? 'live',
    speed,
    zone: config.zone,
    limits,
    rungs,
    exits,
    aiBudgetPerDay: usd(config.ai.dailyBudget),
  };
  const prefix = environment.PILOT_FUNCTION_PREFIX ?? '';
  return { store, clock, settings, assets, access, act: (action, body) => act(prefix, clock.now(), action, body) };
}

/** Buttons run what `pilot` runs: the control function, or a job for a tick of its own. */
async function act(prefix: string, now: number, action: Action, body: ActionBody): Promise<ActionResult> {
  const tick = new Date(now).toISOString();
  try {
    if (action.name === 'run') {
      await askFunction(prefix, action.job as FunctionName, { tick }, 'start');
      return { ok: true, message: `${action.job} started` };
    }
    const asking = askFunction(prefix, 'control', { ...controlOf(action.name, body), name: 'dashboard', tick }, 'wait');
    const said = await Promise.race([asking, waited()]);
    if (said === undefined)
      return { ok: true, message: `${action.name} is under way and takes more than ${WAIT_MS / 1000} s. Look again in a minute` };
    const { failed, answer } = said;
    return resultOf(failed, answer);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error), fix: 'pilot doctor' };
  }
}

/** Before the gateway in front gives up, a person is told that it goes on. */
function waited(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, WAIT_MS, undefined).unref());
}

/** The button's words in those of the control function: flattening everything is an emergency that sells too. */
function controlOf(name: Exclude<Action, { readonly name: 'run' }>['name'], { book, reason, cause, ticker, floor }: ActionBody): object {
  const said = {
    ...(book === undefined ? {} : { book }),
    ...(reason === undefined ? {} : { reason }),
    ...(cause === undefined ? {} : { cause }),
  };
  if (name === 'flatten') return { ...said, action: 'emergency', close: true };
  if (name !== 'close') return { ...said, action: name };
  return { ...said, action: 'flatten', ticker, ...(floor === undefined ? {} : { floor: parsePrice(floor) }) };
}

function resultOf(failed: boolean, answer: unknown): ActionResult {
  const said = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const text = (...keys: readonly string[]) => keys.map((key) => said[key]).find((value) => typeof value === 'string');
  if (failed) return { ok: false, message: text('errorMessage') ?? 'the control function failed', fix: 'pilot logs --job control' };
  const fix = text('fix');
  return { ok: said.ok === true, message: text('message', 'why') ?? 'done', ...(fix === undefined ? {} : { fix }) };
}
