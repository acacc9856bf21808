import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from '@nads/runtime';
import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { StoreTrouble, type BlobStore } from '../blobs/blob-store.js';
import { ContentStore, type ResultRecord } from '../blobs/content-store.js';
import { decodeData } from '../data/decode-data.js';
import { encodeData } from '../data/encode-data.js';
import { programDifference, programKey, type Program } from '../program/program.js';
import { connectRedis } from '../redis/connect-redis.js';
import { prefix } from '../redis/keys.js';
import type { QueueServer } from '../redis/queue-server.js';
import { announceWorker, withdrawWorker } from '../redis/registry.js';
import { describeTask, taskKey, taskRecord, type TaskRecord } from '../redis/task-record.js';
import type { WorkerState } from '../redis/worker-state.js';
import { otherPrograms } from './other-programs.js';
import { Setups } from './setups.js';
import { Slots } from './slots.js';
import { TaskWorker } from './task-worker.js';

/** What a worker tells of what it does. */
export interface WorkerEvent {
  readonly event:
    'done' | 'known' | 'failed' | 'lost' | 'trouble' | 'recovered' | 'refused' | 'redis';
  /** One line for people. */
  readonly text: string;
  /** The task in words, and the service that does it. */
  readonly task?: string;
  readonly service?: string;
  readonly seconds?: number;
}

/** How a worker works. */
export interface ServeOptions extends Omit<QueueServer, 'onWarning'> {
  readonly store: BlobStore;
  readonly program: Program;
  /** Tasks that are done at a time. */
  readonly threads: number;
  /** Makes a pool of one worker that does tasks, which must not be the calling thread: it says meanwhile that the task is still worked on. */
  readonly makePool: () => Pool;
  /** For messages; the machine's and a number if not given. */
  readonly name?: string;
  /** Milliseconds without a sign of life after which others take a task over; 30 s if not given. */
  readonly lease?: number;
  /** How often a task may be taken over before it is set aside; 5 if not given. */
  readonly takeovers?: number;
  /** Milliseconds between its signs of life, and looks at what else there is; 5 s if not given. */
  readonly pulse?: number;
  /** Milliseconds that it waits for Redis where it is told to stop; 5 s if not given. */
  readonly patience?: number;
  readonly onEvent?: (event: WorkerEvent) => void;
}

/** A worker that takes tasks. */
export interface QueueWorker {
  readonly name: string;
  state(): WorkerState;
  /** Milliseconds since it was last at a task, or since it began. */
  idleFor(): number;
  /** Finishes the tasks that it is at and takes no more. */
  drain(): Promise<void>;
}

/** Takes tasks of a program from a queue until it is told to stop. @throws where Redis is not there or refuses */
export async function serveQueue(options: ServeOptions): Promise<QueueWorker> {
  const onWarning = (text: string): void => options.onEvent?.({ event: 'redis', text });
  const redis = await connectRedis({ ...options, onWarning });
  const worker = new Serving(redis, options);
  await worker.begin();
  return worker;
}

const leaseTime = 30_000;

/** Milliseconds that a worker waits after trouble with its store: at first, and at most. */
const [firstPause, longestPause] = [1000, 60_000];

class Serving implements QueueWorker {
  readonly name: string;
  private readonly options: ServeOptions;
  private readonly redis: Redis;
  private readonly content: ContentStore;
  private readonly setups: Setups;
  private readonly slots: Slots;
  private readonly worker: TaskWorker;
  private readonly program: string;
  private readonly counts = { busy: 0, done: 0, failed: 0, seconds: 0 };
  private lastBusy = performance.now();
  private trouble: string | undefined;
  private pause = firstPause;
  private beat: NodeJS.Timeout | undefined;
  private resumption: NodeJS.Timeout | undefined;
  private readonly refused = new Set<string>();
  /** What was last said of Redis, which is not repeated. */
  private lastError: string | undefined;
  private ending: Promise<void> | undefined;

  constructor(redis: Redis, options: ServeOptions) {
    const { threads, makePool, store, program, lease = leaseTime, takeovers = 5 } = options;
    this.redis = redis;
    this.options = options;
    this.name = options.name ?? `${hostname()}-${process.pid}-${randomUUID().slice(0, 4)}`;
    this.program = programKey(program);
    this.content = new ContentStore(store);
    this.setups = new Setups(this.content);
    this.slots = new Slots(makePool);
    this.worker = new TaskWorker(this.program, (job, token) => this.take(job, token), {
      connection: redis,
      prefix,
      autorun: false,
      concurrency: threads,
      name: this.name,
      lockDuration: lease,
      stalledInterval: lease / 2,
      maxStalledCount: takeovers,
      runRetryDelay: Math.min(5000, lease),
    });
    this.worker.on('error', error => this.sayError(error));
  }

  async begin(): Promise<void> {
    await this.announce();
    this.beat = setInterval(() => void this.announce(), this.options.pulse ?? 5000);
    this.worker.run().catch((error: Error) => this.sayError(error));
  }

  state(): WorkerState {
    const { name, trouble } = this;
    const { program, threads } = this.options;
    return { name, program, threads, ...this.counts, trouble };
  }

  idleFor(): number {
    return this.counts.busy > 0 ? 0 : performance.now() - this.lastBusy;
  }

  drain(): Promise<void> {
    this.ending ??= this.end();
    return this.ending;
  }

  private async end(): Promise<void> {
    await this.worker.pause(true);
    while (this.counts.busy > 0) await sleep(50);
    clearInterval(this.beat);
    clearTimeout(this.resumption);
    // a Redis that is gone is not waited for, whenever it goes: results are in the store
    const { patience = 5000 } = this.options;
    await this.worker.leave(this.redis, patience, () => withdrawWorker(this.redis, this.name));
    this.redis.disconnect();
    await this.slots.close();
  }

  private async take(job: Job<unknown>, token: string | undefined): Promise<ResultRecord> {
    const record = taskRecord(job.data);
    this.counts.busy++;
    try {
      return await this.perform(record);
    } catch (error) {
      if (error instanceof StoreTrouble) {
        this.rest(error);
        await job.moveToDelayed(Date.now() + firstPause, token);
        throw new DelayedError();
      }
      throw this.failed(record, error as Error);
    } finally {
      this.counts.busy--;
      this.lastBusy = performance.now();
    }
  }

  private async perform(record: TaskRecord): Promise<ResultRecord> {
    if (record.program !== this.program)
      throw new UnrecoverableError(`it is for another program than ${this.name} is`);
    const known = await this.knownResult(record);
    if (known) return known;
    const begun = performance.now();
    const task = decodeData(await this.content.get('task', record.task));
    const setup = (): Promise<unknown> => this.setups.get(record.setup);
    const bytes = encodeData(await this.slots.run(record, setup, task));
    const result = await this.content.put(bytes);
    const found = { result, bytes: bytes.length, worker: this.name };
    await this.content.keepRecord(taskKey(record), found);
    const seconds = (performance.now() - begun) / 1000;
    this.counts.done++;
    this.counts.seconds += seconds;
    this.pause = firstPause;
    this.say('done', record, seconds);
    return found;
  }

  /** Where another worker was here before, and what it left is whole. */
  private async knownResult(record: TaskRecord): Promise<ResultRecord | undefined> {
    const found = await this.content.recordOf(taskKey(record));
    if (!found) return undefined;
    try {
      await this.content.get('result', found.result);
    } catch {
      return undefined;
    }
    this.say('known', record);
    return found;
  }

  private failed(record: TaskRecord, error: Error): Error {
    this.counts.failed++;
    const { label: task, service } = record;
    const text = `${describeTask(record)}: ${error.message}`;
    this.options.onEvent?.({ event: 'failed', text, task, service });
    error.message = `${error.message} (on ${this.name})`;
    return error;
  }

  private say(event: 'done' | 'known', record: TaskRecord, seconds?: number): void {
    const { label: task, service } = record;
    const how = seconds === undefined ? 'known already' : `${seconds.toFixed(2)} s`;
    const text = `${describeTask(record)}: ${how}`;
    this.options.onEvent?.({ event, text, task, service, seconds });
  }

  /** Takes no tasks for a while, and longer each time until one succeeds: they are not at fault. */
  private rest({ message }: StoreTrouble): void {
    if (this.trouble !== undefined || this.ending) return;
    this.trouble = message;
    const seconds = this.pause / 1000;
    const text = `${message}; it takes no tasks for ${seconds} s`;
    this.options.onEvent?.({ event: 'trouble', text, seconds });
    void this.worker.pause(true);
    void this.announce();
    this.resumption = setTimeout(() => void this.resume(), this.pause);
    this.pause = Math.min(2 * this.pause, longestPause);
  }

  private async resume(): Promise<void> {
    this.trouble = undefined;
    try {
      await this.content.put(new TextEncoder().encode(`written by ${this.name} to try`));
    } catch (error) {
      this.rest(error as StoreTrouble);
      return;
    }
    this.options.onEvent?.({ event: 'recovered', text: 'it takes tasks again' });
    await this.worker.resume();
    await this.announce();
  }

  /** A sign of life, and a look at whether tasks wait for other programs. */
  private async announce(): Promise<void> {
    try {
      await announceWorker(this.redis, this.state());
      for (const other of await otherPrograms(this.redis, this.program)) this.refuse(other);
      this.lastError = undefined;
    } catch (error) {
      this.sayError(error as Error);
    }
  }

  private refuse(other: Program): void {
    const difference = programDifference(this.options.program, other);
    if (this.refused.has(difference)) return;
    this.refused.add(difference);
    const text = `refused: tasks wait for another program than this worker is (${difference})`;
    this.options.onEvent?.({ event: 'refused', text });
  }

  /** Of Redis or BullMQ; the loss of a connection is said once by who holds it. */
  private sayError({ message }: Error): void {
    if (this.ending || /ECONN|Connection is closed|Socket timeout/.test(message)) return;
    if (message === this.lastError) return;
    this.lastError = message;
    const isLost =
      /Missing (lock|key)|Lock mismatch|could not renew lock|not in the active state/.test(message);
    const [event, text] = isLost
      ? (['lost', `a task was taken over by another worker (${message})`] as const)
      : (['redis', message] as const);
    this.options.onEvent?.({ event, text });
  }
}
