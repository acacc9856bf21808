/** Settings, those that are not given at their defaults. */
export function withDefaults<Defaults extends object, Given extends Partial<Defaults>>(
  defaults: Defaults,
  given: Given,
): Given & Defaults {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(known) } as Given & Defaults;
}
