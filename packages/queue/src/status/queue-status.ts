import { Queue, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { programKey, type Program } from '../program/program.js';
import { connectRedis } from '../redis/connect-redis.js';
import { prefix } from '../redis/keys.js';
import type { QueueServer } from '../redis/queue-server.js';
import { forgetProgram, knownPrograms, presentWorkers } from '../redis/registry.js';
import type { TaskRecord } from '../redis/task-record.js';
import type { WorkerState } from '../redis/worker-state.js';

/** Tasks of a program. */
export interface TaskCounts {
  readonly program: Program;
  readonly waiting: number;
  /** Workers are at them. */
  readonly active: number;
  /** To be tried again a little later. */
  readonly delayed: number;
  /** Failed too often. */
  readonly aside: number;
}

/** A task that failed too often. */
export interface TaskAside {
  readonly service: string;
  readonly task: string;
  readonly error: string;
}

/** What there is to do, and who does it. */
export interface QueueStatus {
  readonly tasks: readonly TaskCounts[];
  readonly aside: readonly TaskAside[];
  readonly workers: readonly WorkerState[];
}

/** Tasks that are set aside and named; of more only the number is given. */
const mostNamed = 20;

/** What is in a queue, and which workers are there. @throws where Redis is not there or refuses */
export const queueStatus = (server: QueueServer): Promise<QueueStatus> =>
  connected(server, async redis => {
    const all = await eachQueue(redis, async (queue, program) => ({
      counts: await countsOf(queue, program),
      aside: (await queue.getFailed(0, mostNamed - 1)).map(taskAside),
    }));
    const workers = await presentWorkers(redis);
    return {
      tasks: all.map(({ counts }) => counts),
      aside: all.flatMap(({ aside }) => aside).slice(0, mostNamed),
      workers: workers.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    };
  });

/** Takes out all tasks that no worker is at. @returns how many there were */
export const drainQueues = (server: QueueServer): Promise<number> =>
  sumOver(server, async (queue, program, redis) => {
    const { waiting, delayed, active } = await countsOf(queue, program);
    await queue.drain(true);
    const { length: aside } = await queue.clean(0, Infinity, 'failed');
    if (active === 0) await forgetProgram(redis, program);
    return waiting + delayed + aside;
  });

/** Gives tasks that were set aside to workers once more. @returns how many */
export const retryTasks = (server: QueueServer): Promise<number> =>
  sumOver(server, async (queue, program) => {
    const { aside } = await countsOf(queue, program);
    await queue.retryJobs({ state: 'failed' });
    return aside;
  });

async function countsOf(queue: Queue, program: Program): Promise<TaskCounts> {
  const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
  const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
  return { program, waiting, active, delayed, aside: failed };
}

const taskAside = ({ name, data, failedReason }: Job<Partial<TaskRecord>>): TaskAside => ({
  service: name,
  task: data.label ?? '',
  error: failedReason,
});

type Work<T> = (queue: Queue, program: Program, redis: Redis) => Promise<T>;

const sumOver = (server: QueueServer, work: Work<number>): Promise<number> =>
  connected(server, async redis => (await eachQueue(redis, work)).reduce((a, b) => a + b, 0));

async function connected<T>(server: QueueServer, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = await connectRedis(server);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

async function eachQueue<T>(redis: Redis, work: Work<T>): Promise<T[]> {
  const programs = await knownPrograms(redis);
  return Promise.all(
    programs.map(async program => {
      const queue = new Queue(programKey(program), { connection: redis, prefix });
      try {
        return await work(queue, program, redis);
      } finally {
        await queue.close();
      }
    }),
  );
}
