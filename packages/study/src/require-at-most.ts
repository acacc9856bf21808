import { OptionError } from '@nads/linalg';

/**
 * Checks that an option, if given, asks for no more than there is.
 * @param what is counted, in plural
 * @param usual of an option that nobody has to give; as much as that is taken as all that there is
 * @throws OptionError
 */
export function requireAtMost(
  option: string,
  value: number | undefined,
  {
    most,
    what,
    usual = 0,
  }: { readonly most: number; readonly what: string; readonly usual?: number },
): void {
  if (value !== undefined && value > most && value > usual)
    throw new OptionError(option, `${value} is too large: there are ${most} ${what}`);
}
