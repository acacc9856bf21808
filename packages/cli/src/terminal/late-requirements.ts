import type { Command, Option } from 'commander';

/**
 * Lets missing options be reported after unknown ones: `--ouput` is told to be unknown rather than `--output` to be missing.
 * @returns a check to run before the action of a command.
 */
export function lateRequirements(program: Command): (command: Command) => void {
  const required = new Map<Command, Option[]>();
  for (const command of withThoseBelow(program)) {
    const options = command.options.filter(({ mandatory }) => mandatory);
    for (const option of options) option.mandatory = false;
    required.set(command, options);
  }
  return command => {
    if (command.getOptionValue('list')) return; // a list needs nothing else
    const missing = required
      .get(command)
      ?.find(option => command.getOptionValue(option.attributeName()) === undefined);
    if (missing) command.error(`error: required option '${missing.flags}' not specified`);
  };
}

const withThoseBelow = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(withThoseBelow),
];
