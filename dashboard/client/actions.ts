import type { ActionResult } from '../../shared/api/contract/running.ts';

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
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    });
    return (await response.json()) as ActionResult;
  } catch {
    return { ok: false, message: 'no answer: it may or may not have happened', fix: 'look at the state above before trying again' };
  }
}
