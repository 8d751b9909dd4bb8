import { accountAtHand, accountText } from '../aws/account.ts';
import { deployedStacks } from '../aws/stacks.ts';
import { Exit } from '../exit.ts';
import type { Finding } from './finding.ts';

/** Whose account the credentials at hand are of, and whether the whole system stands in it. Asked only when it is wanted. */
export async function examineAws(wanted: boolean): Promise<readonly Finding[]> {
  if (!wanted) return [{ check: 'AWS', state: 'unchecked', text: 'not checked (pilot doctor --env aws)' }];
  try {
    const account = await accountAtHand();
    const stacks = await deployedStacks();
    const missing = stacks.filter(({ state }) => state === undefined).map(({ name }) => name);
    const failed = stacks
      .filter(({ state }) => state !== undefined && /FAILED|ROLLBACK/.test(state))
      .map(({ name, state }) => `${name} is ${state}`);
    const faults = [...(missing.length === 0 ? [] : [`${missing.join(', ')} not deployed`]), ...failed];
    const ok: Finding = { check: 'AWS', state: 'ok', text: accountText(account) };
    return faults.length === 0 ? [ok] : [ok, { check: 'Stacks', state: 'problem', text: faults.join('; '), fix: 'pilot aws up' }];
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    const [text = '', fix = 'pilot aws status'] = error.message.split('. Fix: ');
    return [{ check: 'AWS', state: 'problem', text, fix }];
  }
}
