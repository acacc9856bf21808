import type { Job, Pool } from '@nads/runtime';
import type { Redis } from 'ioredis';
import { WrongContent, type BlobStore } from '../blobs/blob-store.js';
import { ContentStore, type ResultRecord } from '../blobs/content-store.js';
import { contentHash } from '../data/content-hash.js';
import { decodeData } from '../data/decode-data.js';
import { encodeData } from '../data/encode-data.js';
import { programKey, type Program } from '../program/program.js';
import { connectRedis } from '../redis/connect-redis.js';
import { sayEviction } from '../redis/say-eviction.js';
import { queueAddress } from '../redis/queue-address.js';
import type { QueueServer } from '../redis/queue-server.js';
import { serverTime } from '../redis/server-time.js';
import { announceProgram, presentWorkers } from '../redis/registry.js';
import { describeTask, taskKey, taskLabel, type TaskRecord } from '../redis/task-record.js';
import { fittingThreads, WorkerWatch } from './worker-watch.js';
import { patiently } from './patiently.js';
import { TaskQueue } from './task-queue.js';
import type { Trying } from './trying.js';

/** Where tasks go, and how. */
export interface QueuePoolOptions extends QueueServer, Partial<Trying> {
  readonly store: BlobStore;
  /** Only workers that are the same do the tasks. */
  readonly program: Program;
  /** Tasks in the queue at a time; the threads of the workers that are there, 64 or more, if not given. */
  readonly size?: number;
  /** Milliseconds between looks at workers and at tasks of which nothing was heard; 5 s if not given. */
  readonly pulse?: number;
}

/**
 * A pool whose tasks are done by workers on any machines, which `serveQueue` runs. Setups, tasks and results travel through the store;
 * Redis holds their addresses. Results are those of any other pool, byte for byte.
 * @throws where Redis is not there or refuses; OptionError for a URL that is none
 */
export async function queuePool(options: QueuePoolOptions): Promise<Pool> {
  const { program, onWarning = () => {} } = options;
  const redis = await connectRedis(options);
  const since = 1000 * (await serverTime(redis));
  await announceProgram(redis, program);
  await sayEviction(redis, onWarning);
  const present = fittingThreads(await presentWorkers(redis), program);
  const size = options.size ?? Math.max(present, fewest);
  return new QueuePool(redis, { ...options, onWarning, size, since });
}

/** Tasks in the queue where few workers are there yet. */
const fewest = 64;

/** Bytes of results that are handed over in the order of their tasks, so that few are in memory at a time. */
const large = 2 ** 20;

type Parts = QueuePoolOptions &
  Required<Pick<QueuePoolOptions, 'size' | 'onWarning'>> & { readonly since: number };

class QueuePool implements Pool {
  readonly size: number;
  readonly isRemote = true;
  readonly content: ContentStore;
  readonly tasks: TaskQueue;
  readonly program: string;
  readonly attempts: number;
  readonly onWarning: (text: string) => void;
  private readonly redis: Redis;
  private readonly watch: WorkerWatch;
  private readonly timer: NodeJS.Timeout;
  private readonly jobs = new Set<Job<never, unknown>>();

  constructor(redis: Redis, parts: Parts) {
    const { store, program, attempts = 3, backoff = 1000, pulse = 5000, onWarning } = parts;
    this.redis = redis;
    this.size = parts.size;
    this.program = programKey(program);
    this.attempts = attempts;
    this.onWarning = onWarning;
    this.content = new ContentStore(store);
    this.watch = new WorkerWatch(redis, program, onWarning);
    const { name: address } = queueAddress(parts.queue);
    const { content } = this;
    const trying = { attempts, backoff };
    this.tasks = new TaskQueue(
      { redis, address, content, program: this.program, trying, onWarning },
      parts.since,
    );
    this.timer = setInterval(() => void this.look(), pulse);
  }

  begin<Task, Result>(service: string, setup: unknown): Job<Task, Result> {
    const job = new QueueJob<Task, Result>(this, service, setup);
    this.jobs.add(job);
    return job;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all([...this.jobs].map(job => job.end()));
    await this.tasks.close();
    this.redis.disconnect();
  }

  /** What fails here is tried again with the next look. */
  private async look(): Promise<void> {
    if (this.tasks.size === 0) return;
    try {
      await Promise.all([this.watch.look(), this.tasks.lookAfter()]);
    } catch {
      // `connectRedis` says where Redis is lost
    }
  }
}

const jobOver = 'the job is over';

class QueueJob<Task, Result> implements Job<Task, Result> {
  private readonly pool: QueuePool;
  private readonly service: string;
  /** Address of the setup, once it is in the store. */
  private readonly setup: Promise<string>;
  private readonly unfinished = new Set<TaskRecord>();
  private isOver = false;
  /** Ends when the results of all tasks so far are handed over. */
  private earlier: Promise<unknown> = Promise.resolve();

  constructor(pool: QueuePool, service: string, setup: unknown) {
    this.pool = pool;
    this.service = service;
    this.setup = pool.content.put(encodeData(setup));
    this.setup.catch(() => {}); // surfaces where a task is run
  }

  run(task: Task): Promise<Result> {
    const { earlier } = this;
    const result = this.resultOf(task, earlier);
    this.earlier = Promise.all([earlier, result.catch(() => {})]).then(() => {});
    return result;
  }

  async end(): Promise<void> {
    this.isOver = true;
    await this.pool.tasks.takeBack([...this.unfinished], new Error(jobOver));
  }

  private async resultOf(task: Task, earlier: Promise<unknown>): Promise<Result> {
    const bytes = encodeData(task);
    const record: TaskRecord = {
      service: this.service,
      setup: await this.setup,
      task: contentHash(bytes),
      program: this.pool.program,
      label: taskLabel(task),
    };
    const reused = await this.reused(record);
    if (reused) return reused.result as Result;
    for (let attempt = 1; ; attempt++)
      try {
        return (await this.fetched(await this.outcome(record, bytes), earlier)) as Result;
      } catch (error) {
        if (!(error instanceof WrongContent) || attempt === this.pool.attempts) throw error;
        this.pool.onWarning(`${error.message}; ${describeTask(record)} is done again`);
      }
  }

  /** What an earlier run has left, if it is whole. */
  private async reused(record: TaskRecord): Promise<{ readonly result: unknown } | undefined> {
    const { content, onWarning } = this.pool;
    const found = await this.patiently(() => content.recordOf(taskKey(record)));
    if (!found) return undefined;
    try {
      return { result: decodeData(await content.get('result', found.result)) };
    } catch (error) {
      onWarning(`${(error as Error).message}; ${describeTask(record)} is done again`);
      return undefined;
    }
  }

  private async outcome(record: TaskRecord, bytes: Uint8Array): Promise<ResultRecord> {
    await this.pool.content.put(bytes);
    if (this.isOver) throw new Error(jobOver);
    this.unfinished.add(record);
    try {
      return await this.pool.tasks.outcome(record);
    } finally {
      this.unfinished.delete(record);
    }
  }

  private async fetched(
    { result, bytes }: ResultRecord,
    earlier: Promise<unknown>,
  ): Promise<unknown> {
    if (bytes > large) await earlier;
    return decodeData(await this.patiently(() => this.pool.content.get('result', result)));
  }

  private patiently<T>(action: () => Promise<T>): Promise<T> {
    return patiently(action, ({ message }) => this.pool.onWarning(`${message}; trying again`));
  }
}
