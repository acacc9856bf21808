/** All settings that a stored result depends on, by name. */
export type Identity = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Makes sure that what is stored belongs to what is wanted now.
 * @param where it is stored, for messages
 * @throws naming the first setting that differs
 */
export function requireSame(where: string, found: Identity, wanted: Identity): void {
  const key = firstDifference(found, wanted);
  if (key !== undefined)
    throw new Error(
      `${where} belongs to another ${key}${bothValues(found[key], wanted[key])}; give the same settings, another \`out\`, or \`force\` to begin again`,
    );
}

/** The first setting that differs; undefined where none does. */
export const firstDifference = (found: Identity, wanted: Identity): string | undefined =>
  [...Object.keys(wanted), ...Object.keys(found)].find(key => found[key] !== wanted[key]);

/** The two values of a setting in parentheses, where they say something to people: no lists, which damaged files may hold. */
export function bothValues(...both: (Identity[string] | undefined)[]): string {
  if (both.some(value => Object(value) === value)) return '';
  const [found, wanted] = both.map(value => String(value ?? 'none'));
  return Math.max(found.length, wanted.length) <= 24 ? ` (${found}, now ${wanted})` : '';
}
