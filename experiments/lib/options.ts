import { parseArgs } from 'node:util';

/**
 * Options as text, or as booleans where the default is false, their defaults where they are not given; undefined after --help, which is printed.
 * @param about what the experiment does; @param options [default or undefined where it is needed, help] by name.
 */
export function optionsOf(name, about, options, args) {
  const known = Object.fromEntries(
    Object.entries(options).map(([key, [value]]) => [
      key,
      {
        type: value === false ? 'boolean' : 'string',
        ...(value !== undefined && { default: value }),
      },
    ]),
  );
  const { values } = parseArgs({ args, options: { ...known, help: { type: 'boolean' } } });
  if (values.help) {
    const lines = Object.entries(options).map(
      ([key, [value, help]]) => `  --${key.padEnd(16)}${help}${value ? ` (${value})` : ''}`,
    );
    console.log(`npm run experiment -- ${name} [options]\n\n${about}\n\n${lines.join('\n')}`);
    return undefined;
  }
  const missing = Object.keys(options).find(key => values[key] === undefined);
  if (missing) throw new Error(`--${missing} is missing; see --help`);
  return values;
}

export const list = text => text.split(',').filter(part => part !== '');
export const numbers = text => list(text).map(Number);
