import { InvalidValue } from '../../shared/domain/money.ts';
import { ExchangeError } from '../../shared/ports/exchange-error.ts';
import type { ExchangeName } from '../../shared/system/exchange-address.ts';
import { Exit, explain } from '../exit.ts';
import type { Terminal } from '../terminal.ts';
import type { GoodKeys } from './key-store.ts';
import { readKeyFile } from './key-store.ts';
import { keyText, type Trials } from './try-keys.ts';

/** What setup finds out; every key in it was tried. */
export interface Setup {
  readonly keys: GoodKeys;
  /** Dollars a new paper book starts with; undefined leaves it as it is. */
  readonly cash?: number;
}

export interface WizardIo {
  readonly terminal: Terminal;
  readonly trials: Trials;
  /** Dollars a paper book starts with now; undefined does not ask. */
  readonly cash: number | undefined;
  /** The model that will be asked. */
  readonly model: string;
}

const keyPages: Readonly<Record<ExchangeName, string>> = {
  demo: 'https://demo.kalshi.co/account/profile → API Keys',
  prod: 'https://kalshi.com/account/profile → API Keys',
};

/** Asks only what matters, each with a default. A key that does not work is said, and asked for again. */
export async function askSetup(io: WizardIo): Promise<Setup> {
  const { terminal } = io;
  terminal.say('Paper money needs no key: Enter takes what stands in brackets. Nothing is stored before it was tried.\n');
  const cash = io.cash === undefined ? undefined : await askCash(terminal, io.cash);
  const kalshi = await askKalshi(io);
  const xai = await askXai(io);
  const keys: GoodKeys = { ...(kalshi && { kalshi }), ...(xai !== undefined && { xai }) };
  return { keys, ...(cash === undefined ? {} : { cash }) };
}

async function askCash(terminal: Terminal, before: number): Promise<number> {
  for (;;) {
    const cash = Number(await terminal.ask('◆ Paper balance in dollars', String(before)));
    if (Number.isFinite(cash) && cash >= 0) return cash;
    terminal.say('  ✗ no amount. Fix: give dollars, like 1000');
  }
}

async function askKalshi({ terminal, trials }: WizardIo): Promise<GoodKeys['kalshi']> {
  const exchange = await askExchange(terminal);
  if (exchange === undefined) return undefined;
  for (;;) {
    const keyId = await terminal.ask(`◆ API key id (${keyPages[exchange]}; Enter to skip):`);
    if (keyId === '') return undefined;
    const found = await tried(terminal, async () => {
      const privateKey = await askPrivateKey(terminal);
      const { balance, baseUrl } = await trials.kalshi(exchange, { keyId, privateKey });
      terminal.say(`  ✓ Signed in to ${exchange}: ${keyText(keyId, balance)}`);
      return { keyId, privateKey, baseUrl };
    });
    if (found) return found;
  }
}

async function askExchange(terminal: Terminal): Promise<ExchangeName | undefined> {
  for (;;) {
    const answer = await terminal.ask('◆ Kalshi key: none, demo (play money) or prod', 'none');
    if (answer === 'none') return undefined;
    if (answer === 'demo' || answer === 'prod') return answer;
    terminal.say('  ✗ not known. Fix: type none, demo or prod');
  }
}

/** A path, or the key itself: a pasted one comes as several lines. */
async function askPrivateKey(terminal: Terminal): Promise<string> {
  const first = await terminal.ask('◆ Private key: path of the file, or paste it:');
  if (!first.startsWith('-----BEGIN')) return readKeyFile(first);
  const lines = [first];
  while (!lines.at(-1)?.startsWith('-----END')) lines.push(await terminal.line());
  return `${lines.join('\n')}\n`;
}

async function askXai({ terminal, trials, model }: WizardIo): Promise<string | undefined> {
  for (;;) {
    const apiKey = await terminal.askHidden('◆ xAI key (Enter to skip; it is not shown):');
    if (apiKey === '') return undefined;
    const models = await tried(terminal, () => trials.xai(apiKey));
    if (!models) continue;
    const offered = models.includes(model);
    terminal.say(
      offered ? `  ✓ ${model} is offered` : `  ! ${model} is not offered. Fix: pilot config set ai.model ${models[0] ?? 'MODEL'}`,
    );
    return apiKey;
  }
}

/** What a person can put right is said with its fix, and asked again; the end of the input is not. */
async function tried<T>(terminal: Terminal, attempt: () => Promise<T>): Promise<T | undefined> {
  try {
    return await attempt();
  } catch (error) {
    const typed = error instanceof Exit && !error.message.startsWith('declined');
    if (!typed && !(error instanceof ExchangeError) && !(error instanceof InvalidValue)) throw error;
    terminal.say(`  ✗ ${explain(error)}`);
    return undefined;
  }
}
