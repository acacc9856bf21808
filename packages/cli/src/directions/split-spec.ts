/** What stands before the first colon of a specification, and what behind it: 'nads:out/a' is nads, out/a. */
export function splitSpec(spec: string): readonly [kind: string, rest: string] {
  const [kind] = spec.split(':', 1);
  return [kind, spec.slice(kind.length + 1)];
}
