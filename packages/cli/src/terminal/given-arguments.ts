import type { Command, Option } from 'commander';

/**
 * The words that a command was given, its name first, without some of its options: so that it can be repeated.
 * @param words of the command line, the name of the command first
 * @param isLeftOut says of which options, by attribute names, it does not matter
 */
export function givenArguments(
  { options }: Pick<Command, 'options'>,
  words: readonly string[],
  isLeftOut: (option: string) => boolean,
): string[] {
  const given: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const option = optionOf(options, words[at]);
    const last = option && takesNext(option, words[at]) ? at + 1 : at;
    if (!option || !isLeftOut(option.attributeName())) given.push(...words.slice(at, last + 1));
    at = last;
  }
  return given;
}

/** The option that a word is of, as in '--seed', '--seed=1', '-n' or '-n10'. */
const optionOf = (options: readonly Option[], word: string): Option | undefined =>
  options.find(
    ({ long, short }) =>
      word === long ||
      (long !== undefined && word.startsWith(`${long}=`)) ||
      (short !== undefined && word.startsWith(short) && !word.startsWith('--')),
  );

/** Whether the next word is the value of the option. */
const takesNext = ({ required, long, short }: Option, word: string): boolean =>
  required && (word === long || word === short);
