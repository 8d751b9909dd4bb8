import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A script that completes commands and options in a shell; made from the commands themselves. */
export function completionScript(pilot: Command, shell: Shell): string {
  const commands = pilot.commands.map((command) => ({ name: command.name(), about: command.description(), words: wordsOf(command) }));
  const names = commands.map(({ name }) => name).join(' ');
  const cases = commands.map(({ name, words }) => `    ${name}) words="${words.join(' ')}" ;;`);
  if (shell === 'fish') return fishScript(commands);
  const body = [
    '_pilot() {',
    '  local words',
    '  case "$' + '{COMP_WORDS[1]}" in',
    ...cases,
    `    *) words="${names}" ;;`,
    '  esac',
    `  [ "$COMP_CWORD" -eq 1 ] && words="${names}"`,
    '  COMPREPLY=($(compgen -W "$words" -- "$' + '{COMP_WORDS[COMP_CWORD]}"))',
    '}',
    'complete -F _pilot pilot',
  ];
  return `${(shell === 'zsh' ? ['autoload -U +X bashcompinit && bashcompinit', ...body] : body).join('\n')}\n`;
}

function fishScript(commands: readonly { readonly name: string; readonly about: string; readonly words: readonly string[] }[]): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;
  return `${commands
    .flatMap(({ name, about, words }) => [
      `complete -c pilot -f -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`,
      ...words.map((word) => `complete -c pilot -f -n '__fish_seen_subcommand_from ${name}' -a ${quoted(word)}`),
    ])
    .join('\n')}\n`;
}

/** Its options with those of its commands, its commands, and the words its arguments can be. */
function wordsOf(command: Command): readonly string[] {
  return [
    ...command.commands.map((inner) => inner.name()),
    ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    ...new Set([command, ...command.commands].flatMap(({ options }) => options.flatMap(({ long }) => long ?? []))),
  ];
}
