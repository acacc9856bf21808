/** All settings that a stored result depends on, by name. */
export type Identity = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Makes sure that what is stored belongs to what is wanted now.
 * @param where it is stored, for messages
 * @throws naming the first setting that differs
 */
export function requireSame(where: string, found: Identity, wanted: Identity): void {
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(found)]))
    if (found[key] !== wanted[key])
      throw new Error(
        `${where} belongs to another ${key}${values(found[key], wanted[key])}; give the same settings or another \`out\``,
      );
}

/** The two values, where they say something to people. */
function values(...both: (Identity[string] | undefined)[]): string {
  const [found, wanted] = both.map(value => String(value ?? 'none'));
  return Math.max(found.length, wanted.length) <= 24 ? ` (${found}, now ${wanted})` : '';
}
