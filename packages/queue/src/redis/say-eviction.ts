import type { Redis } from 'ioredis';

/** Says where Redis throws away what it holds when its memory is full, instead of refusing more. */
export async function sayEviction(redis: Redis, onWarning: (text: string) => void): Promise<void> {
  const memory = await redis.info('memory');
  const [, policy = 'noeviction'] = /^maxmemory_policy:(\S+)/m.exec(memory) ?? [];
  if (policy !== 'noeviction')
    onWarning(`Redis may throw tasks away: its maxmemory-policy is ${policy}; set noeviction`);
}
