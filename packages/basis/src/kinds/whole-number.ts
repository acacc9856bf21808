import { OptionError } from '@nads/linalg';

/** A positive integer, as the argument of a basis. @throws OptionError otherwise */
export function wholeNumber(text: string | undefined, usage: string): number {
  const value = text === undefined || !/^\d+$/.test(text) ? NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new OptionError(
    'basis',
    text === undefined
      ? `a number is missing, as in ${usage}`
      : `'${text}' is not a positive integer, as in ${usage}`,
  );
}
