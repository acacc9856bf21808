import { describeProgram, type QueueStatus } from '@nads/queue';

type Worker = QueueStatus['workers'][number];

/** What is in a queue, for people. */
export const statusLines = ({ tasks, aside, workers }: QueueStatus): string[] => [
  ...(tasks.length === 0 ? ['no tasks'] : tasks.flatMap(taskLines)),
  ...aside.map(({ service, task, error }) => `  set aside: ${service} ${task}: ${error}`),
  '',
  ...(workers.length === 0 ? ['no workers'] : workers.map(workerLine)),
];

const taskLines = ({ program, waiting, active, delayed, aside }: QueueStatus['tasks'][number]) => [
  `${waiting} waiting, ${active} worked on, ${delayed} to be tried again, ${aside} set aside; for ${describeProgram(program)}`,
];

function workerLine({ name, program, threads, busy, done, failed, trouble }: Worker): string {
  const counts = `${busy} of ${threads} thread(s) busy, ${done} done, ${failed} failed`;
  return `worker ${name}: ${counts}; ${describeProgram(program)}${trouble === undefined ? '' : `; ${trouble}`}`;
}
