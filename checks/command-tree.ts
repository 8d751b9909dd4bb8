import type { Command as Program } from 'commander';

/** A command of the command line: what it is called, and what may follow. */
export interface Command {
  readonly names: readonly string[];
  /** Each flag, and whether a value follows it. */
  readonly options: ReadonlyMap<string, boolean>;
  readonly takesArguments: boolean;
  readonly commands: readonly Command[];
}

/** What a command line offers, its help and version included. */
export function commandTree(program: Program): Command {
  const help = program.createHelp();
  const options = [...program.options, ...help.visibleOptions(program)];
  return {
    names: [program.name(), ...program.aliases()],
    options: new Map(
      options.flatMap(({ long, short, required, optional }) => flags(long, short).map((flag) => [flag, required || optional])),
    ),
    takesArguments: program.registeredArguments.length > 0,
    commands: help.visibleCommands(program).map(commandTree),
  };
}

function flags(...names: readonly (string | null | undefined)[]): readonly string[] {
  return names.flatMap((name) => name ?? []);
}
