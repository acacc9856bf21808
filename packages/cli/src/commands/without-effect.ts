import type { Command, OptionValues } from 'commander';

/** A use of a command in which some of its options have no effect. */
export interface Use {
  /** What makes it that use, as in 'with --probe gradient'. */
  readonly name: string;
  readonly isUsed: (values: OptionValues, args: readonly unknown[]) => boolean;
  /** As they are written, as in --step. */
  readonly options: readonly string[];
}

/** Of each command that has some. */
const usesOf = new WeakMap<Command, readonly Use[]>();

/** Refuses options that are given although they have no effect in the way that the command is used. */
export function refuseWithoutEffect(command: Command, uses: readonly Use[]): Command {
  usesOf.set(command, uses);
  return command.hook('preAction', () => {
    for (const { name, isUsed, options } of uses)
      if (isUsed(command.opts(), command.processedArgs))
        for (const option of options) refuseIfGiven(command, option, name);
  });
}

/** Names of the options that have no effect beside others. @param options by name, as in `max-networks` */
export function withoutEffect(command: Command, options: Readonly<OptionValues>): Set<string> {
  const values = Object.fromEntries(
    Object.entries(options).map(([name, value]) => [attributeOf(`--${name}`), value as unknown]),
  );
  const uses = usesOf.get(command)?.filter(({ isUsed }) => isUsed(values, [])) ?? [];
  return new Set(uses.flatMap(use => use.options.map(flag => flag.slice(2))));
}

function refuseIfGiven(command: Command, flag: string, use: string): void {
  const option = command.options.find(({ long }) => long === flag);
  if (!option) throw new Error(`nads ${command.name()} has no option ${flag}`);
  if (command.getOptionValueSource(option.attributeName()) === 'cli')
    command.error(`${flag} has no effect ${use}; leave it out`);
}

/** A use that an option makes. */
export const withOption = (flag: string, options: readonly string[]): Use => ({
  name: `with ${flag}`,
  isUsed: values => values[attributeOf(flag)] !== undefined,
  options,
});

/** A use that lacks an option. */
export const withoutOption = (flag: string, options: readonly string[]): Use => ({
  name: `without ${flag}`,
  isUsed: values => values[attributeOf(flag)] === undefined,
  options,
});

/** A use that a value of an option makes. */
export const withValue = (flag: string, value: string, options: readonly string[]): Use => ({
  name: `with ${flag} ${value}`,
  isUsed: values => values[attributeOf(flag)] === value,
  options,
});

const attributeOf = (flag: string): string =>
  flag.slice(2).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
