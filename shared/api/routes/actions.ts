import type { Context } from 'hono';
import { resultPage } from '../../../dashboard/result-page.ts';
import type { ActionBody, ActionResult } from '../contract/action.ts';
import { actionBody } from '../contract/action.ts';
import { refusedAccess } from './access.ts';
import type { Action, ApiIo } from './api-io.ts';
import { isRunnable } from './running.ts';

const plainNames = ['pause', 'resume', 'cancel-all', 'emergency', 'flatten', 'close', 'acknowledge'] as const;

/** `POST /api/actions/NAME`: checked here, done by whoever composed this. A form is answered with a page, JSON with JSON. */
export async function answerAction(c: Context, io: ApiIo): Promise<Response> {
  const form = !(c.req.header('content-type') ?? '').startsWith('application/json');
  const { status, result } = await perform(c, io, form);
  return form ? c.html(resultPage(result), status) : c.json(result, status);
}

interface Answer {
  readonly status: 200 | 400 | 403 | 404 | 409;
  readonly result: ActionResult;
}

async function perform(c: Context, io: ApiIo, form: boolean): Promise<Answer> {
  const action = actionOf(c.req.param('name') ?? '');
  if (!action) return refused(404, `action: ${c.req.param('name')} is not one`, `use one of ${plainNames.join(', ')} or run-JOB`);
  const parsed = actionBody.safeParse(await readBody(c, form));
  if (!parsed.success) return refused(400, `body: ${parsed.error.issues[0]?.message ?? 'unreadable'}`, 'send token, word and reason');
  const body = parsed.data;
  const foreign = refusedAccess(c, io.access, body.token);
  if (foreign) return { status: 403, result: foreign };
  const missing = missingWord(action, body, (body.book ?? io.settings.mode).toUpperCase());
  if (missing) return { status: 400, result: missing };
  const result = await io.act(action, body);
  return { status: result.ok ? 200 : 409, result };
}

/** The action a name stands for; undefined for a job that may not be asked for. */
function actionOf(name: string): Action | undefined {
  const plain = plainNames.find((known) => known === name);
  if (plain) return { name: plain };
  const job = name.startsWith('run-') ? name.slice('run-'.length) : '';
  return isRunnable(job) ? { name: 'run', job } : undefined;
}

function missingWord(action: Action, { word, reason, cause, ticker }: ActionBody, wanted: string): ActionResult | undefined {
  if (action.name === 'acknowledge') {
    return cause === undefined ? { ok: false, message: 'cause: missing', fix: 'name the alert’s cause' } : undefined;
  }
  if (word !== wanted) return { ok: false, message: `word: type ${wanted} to go on`, fix: `type ${wanted} in capitals` };
  if (action.name === 'close' && ticker === undefined) return { ok: false, message: 'ticker: missing', fix: 'name the position to close' };
  if (action.name === 'resume' && (reason ?? '').trim() === '') {
    return { ok: false, message: 'reason: missing', fix: 'say why it is safe to trade again' };
  }
  return undefined;
}

/** Empty fields of a form were left out by the person. */
async function readBody(c: Context, form: boolean): Promise<unknown> {
  if (!form) return c.req.json().catch(() => undefined);
  const fields = await c.req.parseBody();
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

function refused(status: Answer['status'], message: string, fix: string): Answer {
  return { status, result: { ok: false, message, fix } };
}
