/** Something with a name that needs others. */
interface Dependent {
  readonly name: string;
  readonly needs: readonly string[];
}

/** Each behind what it needs, otherwise in the order given. @throws naming those that need each other */
export function inOrder<T extends Dependent>(all: readonly T[]): T[] {
  const byName = new Map(all.map(one => [one.name, one]));
  const ordered = new Set<T>();
  const visit = (one: T, path: readonly string[]): void => {
    if (ordered.has(one)) return;
    if (path.includes(one.name))
      throw new Error(
        `stages need each other: ${[...path.slice(path.indexOf(one.name)), one.name].join(' → ')}`,
      );
    for (const need of one.needs) visit(byName.get(need)!, [...path, one.name]);
    ordered.add(one);
  };
  for (const one of all) visit(one, []);
  return [...ordered];
}
