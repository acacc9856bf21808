import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { ResultRecord } from '../blobs/content-store.js';

/** A worker of BullMQ whose end does not depend on Redis: `close` waits for ever where a connection was just lost. */
export class TaskWorker extends Worker<unknown, ResultRecord> {
  /**
   * Ends it and says farewell, or ends it without where its connection is lost or so many milliseconds have passed.
   * @param farewell what is still to be told to Redis
   */
  async leave(redis: Redis, patience: number, farewell: () => Promise<void>): Promise<void> {
    const over = whenOver(redis, patience);
    const leaving = this.close(redis.status !== 'ready')
      .then(farewell)
      .catch(() => {}); // others see that it is gone
    const hasLeft = await Promise.race([leaving.then(() => true), over.promise]);
    over.forget();
    if (hasLeft) return;
    await this.lockManager.close();
    await this.backend.close(true);
  }
}

/** When a connection is lost, or was already, or so many milliseconds have passed. */
function whenOver(redis: Redis, patience: number): { promise: Promise<false>; forget: () => void } {
  let over = (): void => {};
  const promise = new Promise<false>(resolve => (over = () => resolve(false)));
  const timer = setTimeout(over, patience);
  redis.once('close', over);
  if (redis.status !== 'ready') over();
  const forget = (): void => {
    clearTimeout(timer);
    redis.off('close', over);
  };
  return { promise, forget };
}
