import { Command } from 'commander';
import type { CallArguments, Endpoint } from '../../shared/adapters/kalshi/endpoint.ts';
import { endpoints } from '../../shared/adapters/kalshi/endpoint-list.ts';
import { nearest } from '../../shared/system/config/keys.ts';
import { commandEnvironment, connectAs } from '../connect.ts';
import { Exit } from '../exit.ts';
import { collect, printJson } from '../options.ts';

interface Options {
  readonly param: readonly string[];
  readonly list?: boolean;
}

/** `pilot call`: any read of the exchange's API, signed where there is a key. Nothing is ordered, moved or changed by it. */
export function callCommand(): Command {
  return new Command('call')
    .description("one read of the exchange's API, as it answers")
    .addHelpText('before', 'Examples: pilot call --list · pilot call GetMarket --param ticker=KXHIGHNY-26NOV21-B45\n')
    .argument('[name]', 'operation, like GetMarket')
    .option('--param <name=value>', 'part of the path or of the query (repeatable)', collect, [])
    .option('--list', 'every operation this client knows')
    .action(call);
}

async function call(name: string | undefined, { param, list }: Options): Promise<void> {
  if (list === true || name === undefined) return printList();
  const known = endpoints.map((endpoint) => endpoint.name);
  const found = endpoints.find((endpoint) => endpoint.name.toLowerCase() === name.toLowerCase());
  if (!found) {
    const suggestion = nearest(name, known);
    throw new Exit(
      2,
      `${name}: no such operation. Fix: ${suggestion ? `did you mean ${suggestion}?` : '`pilot call --list` names them all'}`,
    );
  }
  if (found.method !== 'GET')
    throw new Exit(4, `${name} changes something. Fix: orders go through the gate, by \`pilot run trade\`; money by \`pilot shards move\``);
  const { transport } = await connectAs(commandEnvironment());
  const values = Object.fromEntries(param.map(pairOf));
  const inPath = (key: string) => found.path.includes(`{${key}}`);
  const params = Object.fromEntries(Object.entries(values).filter(([key]) => inPath(key)));
  const query = Object.fromEntries(Object.entries(values).filter(([key]) => !inPath(key)));
  // Which operation it is, and so what it takes, is known only now: the exchange says what it misses.
  const endpoint = found as Endpoint<CallArguments, (typeof found)['answer']>;
  printJson(await transport.call(endpoint, { params, query }));
}

function pairOf(pair: string): [string, string] {
  const equals = pair.indexOf('=');
  if (equals < 1) throw new Exit(2, `--param ${pair}: no value. Fix: write --param name=value`);
  return [pair.slice(0, equals), pair.slice(equals + 1)];
}

function printList(): void {
  for (const { name, method, path, signed, cost } of endpoints) {
    process.stdout.write(
      `${method.padEnd(6)} ${name.padEnd(36)} ${signed ? 'key' : '   '}  ${String(cost ?? 10).padStart(3)} tokens  ${path}\n`,
    );
  }
}
