import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import { resultRecord, type ContentStore, type ResultRecord } from '../blobs/content-store.js';
import { explained } from '../redis/connect-redis.js';
import { prefix } from '../redis/keys.js';
import { describeTask, taskKey, type TaskRecord } from '../redis/task-record.js';
import type { Trying } from './trying.js';

/** A task that is not done yet. */
interface Waiting {
  readonly record: TaskRecord;
  readonly resolve: (result: ResultRecord) => void;
  readonly reject: (error: Error) => void;
}

/** What a task queue works with. */
export interface TaskQueueParts {
  readonly redis: Redis;
  /** Of the server, for messages. */
  readonly address: string;
  readonly content: ContentStore;
  readonly program: string;
  readonly trying: Trying;
  readonly onWarning: (text: string) => void;
}

/** Milliseconds after which what failed in Redis is tried again. */
const pause = 2000;

/** Seconds that failed tasks are kept for `nads queue`. */
const week = 7 * 24 * 3600;

/**
 * Tasks in Redis, each with its outcome. The store decides what is done: an event that is lost, or Redis's memory after a restart, delays
 * an outcome until the next `lookAfter`.
 */
export class TaskQueue {
  private readonly parts: TaskQueueParts;
  private readonly queue: Queue;
  private readonly events: QueueEvents;
  /** By the ids of jobs. */
  private readonly waiting = new Map<string, Waiting>();
  /** In the ids of all jobs of this queue, so that they are nobody else's. */
  private readonly run = randomUUID().slice(0, 8);
  private isClosed = false;

  /** @param since the time of the server in milliseconds, from which on events are listened to */
  constructor(parts: TaskQueueParts, since: number) {
    this.parts = parts;
    const { redis, program } = parts;
    this.queue = new Queue(program, { connection: redis, prefix });
    this.events = new QueueEvents(program, {
      connection: redis,
      prefix,
      lastEventId: `${since}-0`,
    });
    // `connectRedis` says what goes wrong
    this.queue.on('error', () => {});
    this.events.on('error', () => {});
    this.events.on('completed', ({ jobId, returnvalue }) => this.finish(jobId, returnvalue));
    this.events.on('failed', ({ jobId, failedReason }) => void this.fail(jobId, failedReason));
    this.events.on('stalled', ({ jobId }) => this.takenOver(jobId));
  }

  /** Number of tasks that are not done. */
  get size(): number {
    return this.waiting.size;
  }

  /** Gives a task. @returns where its result is. @throws what went wrong with it, the last time that it was tried */
  outcome(record: TaskRecord): Promise<ResultRecord> {
    const id = this.idOf(record);
    return new Promise((resolve, reject) => {
      const before = this.waiting.get(id);
      if (before) {
        // the same task twice at a time: one does for both
        this.waiting.set(id, both(before, { record, resolve, reject }));
        return;
      }
      this.waiting.set(id, { record, resolve, reject });
      this.add(id, record).catch((error: Error) => this.settle(id)?.reject(error));
    });
  }

  /** Takes tasks back that no worker is at; they fail with the reason. */
  async takeBack(records: readonly TaskRecord[], reason: Error): Promise<void> {
    const ids = records.map(record => this.idOf(record)).filter(id => this.waiting.has(id));
    for (const id of ids) this.settle(id)?.reject(reason);
    await Promise.all(ids.map(id => this.queue.remove(id).catch(() => {})));
  }

  /** Asks after tasks of which nothing was heard. */
  async lookAfter(): Promise<void> {
    await Promise.all([...this.waiting].map(([id, { record }]) => this.lookAt(id, record)));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const id of this.waiting.keys()) this.settle(id)?.reject(new Error('the pool is closed'));
    await Promise.all([this.events.close(), this.queue.close()]);
  }

  private idOf(record: TaskRecord): string {
    return `${taskKey(record).slice(0, 40)}-${this.run}`;
  }

  /** Tries until Redis takes it: it may be out of memory for a while. */
  private async add(id: string, record: TaskRecord): Promise<void> {
    const { attempts, backoff } = this.parts.trying;
    const options = {
      jobId: id,
      attempts,
      backoff: { type: 'exponential', delay: backoff },
      removeOnComplete: true,
      removeOnFail: { age: week },
      stackTraceLimit: 1,
    };
    await this.untilAccepted(() => this.queue.add(record.service, record, options));
    if (!this.waiting.has(id)) await this.queue.remove(id); // taken back meanwhile
  }

  private async untilAccepted(action: () => Promise<unknown>): Promise<void> {
    while (!this.isClosed)
      try {
        await action();
        return;
      } catch (error) {
        const said = explained(this.parts.address, error as Error);
        if (!isPassing(error as Error)) throw said;
        this.parts.onWarning(`${said.message}; trying again`);
        await sleep(pause);
      }
  }

  private async lookAt(id: string, record: TaskRecord): Promise<void> {
    const state = await this.queue.getJobState(id);
    if (!this.waiting.has(id)) return;
    if (state === 'failed') await this.fail(id, (await this.queue.getJob(id))?.failedReason ?? '');
    if (state !== 'unknown') return;
    const found = await this.parts.content.recordOf(taskKey(record));
    if (found) this.finish(id, found);
    else if (this.waiting.has(id)) await this.add(id, record);
  }

  private finish(id: string, value: unknown): void {
    const one = this.settle(id);
    try {
      one?.resolve(resultRecord(value));
    } catch (error) {
      one?.reject(error as Error);
    }
  }

  /** A worker may have kept a result and then failed to say so. */
  private async fail(id: string, reason: string): Promise<void> {
    const one = this.waiting.get(id);
    if (!one) return;
    const found = await this.parts.content.recordOf(taskKey(one.record)).catch(() => undefined);
    if (found) this.finish(id, found);
    else this.settle(id)?.reject(new Error(this.failure(one.record, reason)));
  }

  private failure(record: TaskRecord, reason: string): string {
    const { attempts } = this.parts.trying;
    return reason.includes('stalled more than allowable')
      ? `workers died or were cut off again and again in the middle of ${describeTask(record)}, which is set aside`
      : `${reason}; ${describeTask(record)} is set aside after ${attempts} attempt(s)`;
  }

  private takenOver(id: string): void {
    const one = this.waiting.get(id);
    if (one)
      this.parts.onWarning(
        `a worker died or was cut off in the middle of ${describeTask(one.record)}; others take it over`,
      );
  }

  /** Takes a task out of those that wait. */
  private settle(id: string): Waiting | undefined {
    const one = this.waiting.get(id);
    this.waiting.delete(id);
    return one;
  }
}

const both = (a: Waiting, b: Waiting): Waiting => ({
  record: a.record,
  resolve: result => [a, b].forEach(({ resolve }) => resolve(result)),
  reject: error => [a, b].forEach(({ reject }) => reject(error)),
});

/** Whether it may be over by itself. */
const isPassing = ({ message }: Error): boolean =>
  /OOM|MISCONF|LOADING|BUSY|READONLY|TRYAGAIN|CLUSTERDOWN/.test(message);
