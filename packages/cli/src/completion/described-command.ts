import type { Command } from 'commander';

/** What completion needs to know of an option. */
export interface DescribedOption {
  /** With its dashes. */
  readonly long: string;
  readonly short?: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** What completion needs to know of a command. */
export interface DescribedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly DescribedOption[];
  /** Words that may stand in place of an argument: names of commands below, or choices. */
  readonly words: readonly string[];
}

/** The commands of a program, in the order of its help. */
export const describedCommands = (program: Command): DescribedCommand[] =>
  program
    .createHelp()
    .visibleCommands(program)
    .map(command => ({
      name: command.name(),
      description: firstSentence(command.description()),
      options: optionsOf(command),
      words: wordsOf(command, program),
    }));

const optionsOf = (command: Command): DescribedOption[] =>
  [command, ...command.commands].flatMap(({ options }) =>
    options.map(({ long, short, description, required, optional, argChoices }) => ({
      long: long ?? short!,
      short: long ? short : undefined,
      description: firstSentence(description),
      takesValue: required || optional,
      choices: argChoices ?? [],
    })),
  );

const wordsOf = (command: Command, program: Command): string[] =>
  command.name() === 'help'
    ? program.commands.map(one => one.name())
    : [
        ...command.commands.map(one => one.name()),
        ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
      ];

/** What comes before the first stop, semicolon, colon or parenthesis. */
const firstSentence = (text: string): string => text.split('\n')[0].split(/[.;:](?:\s|$)| \(/)[0];
