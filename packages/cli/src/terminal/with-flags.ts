import type { Command } from 'commander';

/** Options of studies that a command calls otherwise. */
const otherwise: Readonly<Record<string, string>> = { pointCount: 'points', points: 'point' };

let current: Command | undefined;

/** Says whose options messages are about from here on. */
export const beginCommand = (command: Command): void => void (current = command);

/** The command that runs; undefined before one has begun. */
export const currentCommand = (): Command | undefined => current;

/**
 * A message of a library, which names options in backticks, as the user of the command knows them: flags, --no-… only
 * where there is no other; what it has no flag for becomes a plain word.
 */
export function withFlags(message: string): string {
  const options = current?.options.toSorted((a, b) => Number(b.negate) - Number(a.negate));
  const flags = new Map(options?.map(one => [one.attributeName(), one.long ?? one.short]));
  const flagOf = (option: string): string => {
    const renamed = otherwise[option];
    const flag = (renamed && flags.get(renamed)) ?? flags.get(option);
    return flag ?? option.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  };
  return message.replaceAll(/`([a-z][A-Za-z]*)`/g, (_, option: string) => flagOf(option));
}
