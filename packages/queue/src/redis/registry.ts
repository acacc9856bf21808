import type { Redis } from 'ioredis';
import { programKey, type Program } from '../program/program.js';
import { programsKey, workersKey } from './keys.js';
import { serverTime } from './server-time.js';
import type { WorkerState } from './worker-state.js';

/** When something was said, in seconds of Redis's clock. */
interface Seen {
  readonly seen: number;
}

/** Seconds after which a worker that has said nothing is taken for gone. */
const patience = 20;

/** Seconds after which it is forgotten. */
const memory = 3600;

/** Says that a worker is there. */
export async function announceWorker(redis: Redis, state: WorkerState): Promise<void> {
  const entry = JSON.stringify({ ...state, seen: await serverTime(redis) } satisfies WorkerState &
    Seen);
  await redis.hset(workersKey, state.name, entry);
}

/** Says that a worker is gone. */
export async function withdrawWorker(redis: Redis, name: string): Promise<void> {
  await redis.hdel(workersKey, name);
}

/** Workers that are there, whichever program they are. */
export async function presentWorkers(redis: Redis): Promise<WorkerState[]> {
  const now = await serverTime(redis);
  const entries = Object.entries(await redis.hgetall(workersKey));
  const workers = entries.map(([name, text]) => ({
    name,
    state: parsed(text) as (WorkerState & Seen) | undefined,
  }));
  const forgotten = workers.filter(({ state }) => !state || now - state.seen > memory);
  if (forgotten.length > 0) await redis.hdel(workersKey, ...forgotten.map(({ name }) => name));
  return workers.flatMap(({ state }) => (state && now - state.seen <= patience ? [state] : []));
}

/** Says that there are, or may be, tasks for a program. */
export async function announceProgram(redis: Redis, program: Program): Promise<void> {
  await redis.hset(programsKey, programKey(program), JSON.stringify(program));
}

/** Programs that tasks were given for. */
export async function knownPrograms(redis: Redis): Promise<Program[]> {
  const texts = Object.values(await redis.hgetall(programsKey));
  return texts.flatMap(text => (parsed(text) as Program | undefined) ?? []);
}

/** Takes programs out that have no tasks any more. */
export async function forgetProgram(redis: Redis, program: Program): Promise<void> {
  await redis.hdel(programsKey, programKey(program));
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
