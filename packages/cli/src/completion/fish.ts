import type { DescribedCommand, DescribedOption } from './described-command.js';

/** A completion script for fish: commands, options and their choices, files everywhere else. */
export const fishCompletion = (name: string, commands: readonly DescribedCommand[]): string =>
  [
    `# fish completion for ${name}: ${name} completion fish | source`,
    ...commands.flatMap(command => commandLines(name, command)),
    '',
  ].join('\n');

function commandLines(program: string, command: DescribedCommand): string[] {
  const { name, description, options, words } = command;
  const within = `complete -c ${program} -n '__fish_seen_subcommand_from ${name}'`;
  return [
    `complete -c ${program} -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
    ...(words.length > 0 ? [`${within} -f -a ${quoted(words.join(' '))}`] : []),
    ...options.map(option => `${within} ${optionText(option)}`),
  ];
}

function optionText({ long, short, description, takesValue, choices }: DescribedOption): string {
  const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : ' -r';
  const letter = short ? ` -s ${short.slice(1)}` : '';
  return `-l ${long.slice(2)}${letter}${takesValue ? value : ''} -d ${quoted(description)}`;
}

/** In single quotes, as fish reads them. */
const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
