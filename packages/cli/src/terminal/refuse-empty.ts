import type { Command } from 'commander';

/** Refuses empty arguments and values of options, as a variable of the shell that is not set makes them. */
export function refuseEmpty(command: Command): void {
  const place = command.args.indexOf('');
  if (place >= 0) refuse(command, `argument '${argumentName(command, place)}'`);
  const option = command.options.find(one => isEmpty(command.getOptionValue(one.attributeName())));
  if (option) refuse(command, `option '${option.flags}'`);
}

const isEmpty = (value: unknown): boolean =>
  value === '' || (Array.isArray(value) && value.includes(''));

/** The last argument may be given several times. */
const argumentName = ({ registeredArguments: all }: Command, place: number): string =>
  all[Math.min(place, all.length - 1)].name();

const refuse = (command: Command, what: string): never =>
  command.error(`error: ${what} is empty, as where a variable of the shell is not set`);
