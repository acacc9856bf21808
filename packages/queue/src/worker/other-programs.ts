import type { Redis } from 'ioredis';
import { programKey, type Program } from '../program/program.js';
import { prefix } from '../redis/keys.js';
import { knownPrograms } from '../redis/registry.js';

/** Programs but one for which tasks wait. @param key of the one */
export async function otherPrograms(redis: Redis, key: string): Promise<Program[]> {
  const others = (await knownPrograms(redis)).filter(program => programKey(program) !== key);
  const waiting = await Promise.all(
    others.map(program => redis.llen(`${prefix}:${programKey(program)}:wait`)),
  );
  return others.filter((_, i) => waiting[i] > 0);
}
