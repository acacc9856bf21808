import { writeModel, type Model } from '@nads/onnx';
import type { Runtime, Session, Values } from '@nads/runtime';

/** Rounds at most and at least, and milliseconds after which no further one begins. */
const [mostRounds, fewestRounds, budget] = [200, 5, 2000];

/**
 * Milliseconds that one run of each model takes on one thread: the shortest of alternating runs, which is the one least disturbed by
 * what else the machine does.
 */
export async function timeRuns(
  models: readonly Model[],
  feeds: Values,
  runtime: Runtime,
): Promise<number[]> {
  const sessions = await Promise.all(
    models.map(model => runtime.createSession(writeModel(model), { threads: 1 })),
  );
  const shortest = models.map(() => Infinity);
  try {
    for (const session of sessions) await session.run(feeds);
    const end = performance.now() + budget;
    for (let i = 0; i < mostRounds && (i < fewestRounds || performance.now() < end); i++)
      for (const [k, session] of sessions.entries())
        shortest[k] = Math.min(shortest[k], await millisecondsOf(session, feeds));
  } finally {
    for (const session of sessions) await session.release();
  }
  return shortest;
}

async function millisecondsOf(session: Session, feeds: Values): Promise<number> {
  const start = performance.now();
  await session.run(feeds);
  return performance.now() - start;
}
