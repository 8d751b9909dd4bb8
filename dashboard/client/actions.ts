import type { ActionResult } from '../../shared/api/contract/action.ts';

/** Sends forms without leaving the page and says beside the button what came of it. */
export function answerActions(refresh: () => Promise<void>): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches('[data-action]')) return;
    event.preventDefault();
    void send(form).then(refresh);
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  const output = form.querySelector('output');
  const button = form.querySelector('button');
  button?.setAttribute('disabled', '');
  if (output) output.textContent = 'working…';
  const { ok, message, fix } = await ask(form);
  if (output) output.textContent = `${ok ? '✓' : '✗'} ${message}${fix === undefined ? '' : `. Fix: ${fix}`}`;
  button?.removeAttribute('disabled');
  if (ok) form.reset();
}

async function ask(form: HTMLFormElement): Promise<ActionResult> {
  const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) };
  try {
    const response = await fetch(form.action, post);
    if (response.status !== 401) return (await response.json()) as ActionResult;
    // Signed out since the page was read, so nothing was done: reading it signs in again where that needs no person.
    await fetch(location.href).catch(() => undefined);
    const second = await fetch(form.action, post);
    if (second.status === 401) return { ok: false, message: 'signed out: nothing was done', fix: 'reload the page and sign in' };
    return (await second.json()) as ActionResult;
  } catch {
    return { ok: false, message: 'no answer: it may or may not have happened', fix: 'look at the state above before trying again' };
  }
}
