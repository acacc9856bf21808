/** Measures once: seconds. */
export type Contender = () => Promise<number>;

/**
 * The shortest time of each contender, in seconds, over several rounds. They take turns, so that what
 * else the machine does falls on all of them; the shortest is the one least disturbed.
 * @param contenders by name; undefined ones are left out.
 * @param budget seconds after which no further round begins, however few there were.
 */
export async function shortest<Name extends string>(
  rounds: number,
  contenders: Readonly<Partial<Record<Name, Contender>>>,
  budget = 45,
): Promise<Partial<Record<Name, number>>> {
  const best: Partial<Record<Name, number>> = {};
  const end = performance.now() + 1000 * budget;
  for (let round = 0; round < rounds && (round === 0 || performance.now() < end); round++)
    for (const name of Object.keys(contenders) as Name[]) {
      const seconds = await contenders[name]?.();
      if (seconds !== undefined) best[name] = Math.min(best[name] ?? Infinity, seconds);
    }
  return best;
}
