import { writeModel, type Model } from '@nads/onnx';
import type { Runtime, Values } from '@nads/runtime';

/** Milliseconds that one run of each model takes, medians over alternating runs. */
export async function timeRuns(
  models: readonly Model[],
  feeds: Values,
  runtime: Runtime,
  repeats = 15,
): Promise<number[]> {
  const sessions = await Promise.all(
    models.map(model => runtime.createSession(writeModel(model), { threads: 1 })),
  );
  const times = models.map((): number[] => []);
  try {
    for (const session of sessions) await session.run(feeds);
    for (let i = 0; i < repeats; i++)
      for (const [k, session] of sessions.entries()) {
        const start = performance.now();
        await session.run(feeds);
        times[k].push(performance.now() - start);
      }
  } finally {
    for (const session of sessions) await session.release();
  }
  return times.map(median);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
