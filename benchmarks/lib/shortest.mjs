/**
 * The shortest time of each contender, in seconds, over several rounds. They take turns, so that what
 * else the machine does falls on all of them; the shortest is the one least disturbed.
 * @param contenders functions that measure once, by name; undefined ones are left out.
 */
export async function shortest(rounds, contenders) {
  const best = {};
  for (let round = 0; round < rounds; round++)
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
