import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Options by name: their default, or undefined where they are needed and false where they are switches, and help. */
export type Options = Readonly<
  Record<string, readonly [value: string | false | undefined, help: string]>
>;

/** What was given: text, or whether a switch is on. */
export type Given<O extends Options> = {
  readonly [Name in keyof O]: O[Name][0] extends false ? boolean : string;
};

/**
 * Options as they were given, their defaults where they were not; undefined after --help, which is printed.
 * @param about what the experiment does
 * @throws where one is not known or missing
 */
export function optionsOf<const O extends Options>(
  name: string,
  about: string,
  options: O,
  args: readonly string[],
): Given<O> | undefined {
  const all = { ...known(options), help: flag };
  const values: Readonly<Record<string, unknown>> = parseArgs({
    args: [...args],
    options: all,
  }).values;
  if (values.help) {
    console.log(`npm run experiment -- ${name} [options]\n\n${about}\n\n${help(options)}`);
    return undefined;
  }
  const missing = Object.keys(options).find(key => values[key] === undefined);
  if (missing) throw new Error(`--${missing} is missing; see --help`);
  return values as Given<O>;
}

const flag = { type: 'boolean' } as const;

const known = (options: Options): NonNullable<ParseArgsConfig['options']> =>
  Object.fromEntries(
    Object.entries(options).map(([key, [value]]) => {
      if (value === false) return [key, { ...flag, default: false }];
      return [key, { type: 'string', ...(value !== undefined && { default: value }) }];
    }),
  );

const help = (options: Options): string =>
  Object.entries(options)
    .map(([key, [value, text]]) => `  --${key.padEnd(16)}${text}${value ? ` (${value})` : ''}`)
    .join('\n');

/** Parts between commas. */
export const list = (text: string): string[] => text.split(',').filter(part => part !== '');

/** Numbers between commas. */
export const numbers = (text: string): number[] => list(text).map(Number);
