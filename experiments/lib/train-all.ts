import { ThreadPool } from '@nads/runtime/workers';
import type { Accuracies, TrainingSetup, TrainingTask } from './training-service.ts';

/** Trains networks, so many side by side, and says how many are done and how long the others will take. */
export async function trainAll(
  setup: TrainingSetup,
  tasks: readonly TrainingTask[],
  workers: number,
): Promise<Accuracies[]> {
  const code = new URL('./training-worker.ts', import.meta.url);
  const pool = new ThreadPool(code, { size: Math.min(workers, tasks.length) });
  const started = performance.now();
  let done = 0;
  try {
    const job = pool.begin<TrainingTask, Accuracies>('trainings', setup);
    return await Promise.all(
      tasks.map(async task => {
        const result = await job.run(task);
        const left = ((performance.now() - started) / ++done) * (tasks.length - done);
        console.error(`${done}/${tasks.length}, ${Math.ceil(left / 60_000)} min left`);
        return result;
      }),
    );
  } finally {
    await pool.close();
  }
}
