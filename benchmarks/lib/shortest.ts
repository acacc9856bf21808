/**
 * The shortest time of each contender, in seconds, over several rounds. They take turns, so that what
 * else the machine does falls on all of them; the shortest is the one least disturbed.
 * @param contenders functions that measure once, by name; undefined ones are left out.
 * @param budget seconds after which no further round begins, however few there were.
 */
export async function shortest(rounds, contenders, budget = 45) {
  const best = {};
  const end = performance.now() + 1000 * budget;
  for (let round = 0; round < rounds && (round === 0 || performance.now() < end); round++)
    for (const [name, measure] of Object.entries(contenders)) {
      if (!measure) continue;
      const seconds = await measure();
      best[name] = Math.min(best[name] ?? Infinity, seconds);
    }
  return best;
}

/** Our time beside the peer's, null where there is none. */
export function beside(name, ours, peer, rest = {}) {
  const known = peer !== undefined;
  return {
    name,
    ours_seconds: ours,
    peer_seconds: known ? peer : null,
    ratio: known ? ours / peer : null,
    ...rest,
  };
}

/** Seconds, told on the way. */
export function logged(log, what, seconds) {
  log(`${what}: ${seconds.toPrecision(4)} s`);
  return seconds;
}
