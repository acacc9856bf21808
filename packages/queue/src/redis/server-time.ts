import type { Redis } from 'ioredis';

/** The clock of a server, in seconds: clocks of machines differ. */
export async function serverTime(redis: Redis): Promise<number> {
  const [seconds] = (await redis.time()) as unknown as [string, string]; // texts, whatever its type says
  return Number(seconds);
}
