import type { Redis } from 'ioredis';
import {
  describeProgram,
  programDifference,
  programKey,
  type Program,
} from '../program/program.js';
import { presentWorkers } from '../redis/registry.js';
import type { WorkerState } from '../redis/worker-state.js';

/** Says what is wrong with the workers that tasks wait for, each thing once. */
export class WorkerWatch {
  private readonly redis: Redis;
  private readonly program: Program;
  private readonly onWarning: (text: string) => void;
  private readonly said = new Set<string>();
  private hadNone = false;

  constructor(redis: Redis, program: Program, onWarning: (text: string) => void) {
    this.redis = redis;
    this.program = program;
    this.onWarning = onWarning;
  }

  async look(): Promise<void> {
    const workers = await presentWorkers(this.redis);
    for (const { name, trouble } of workers)
      if (trouble !== undefined) this.sayOnce(`worker ${name}: ${trouble}`);
    const isNone = fittingThreads(workers, this.program) === 0;
    if (isNone && !this.hadNone) this.onWarning(noneFits(workers, this.program));
    if (!isNone && this.hadNone) this.onWarning('a worker is there now');
    this.hadNone = isNone;
  }

  private sayOnce(text: string): void {
    if (!this.said.has(text)) this.onWarning(text);
    this.said.add(text);
  }
}

/** Threads of workers that are a program, whatever trouble they have. */
export const fittingThreads = (workers: readonly WorkerState[], program: Program): number =>
  workers
    .filter(worker => programKey(worker.program) === programKey(program))
    .reduce((sum, { threads }) => sum + threads, 0);

const mostNamed = 3;

function noneFits(workers: readonly WorkerState[], program: Program): string {
  if (workers.length === 0) return 'no worker is there; start some with `nads worker`';
  const named = workers
    .slice(0, mostNamed)
    .map(worker => `${worker.name} is ${programDifference(worker.program, program)}`);
  const more = workers.length > mostNamed ? `, and ${workers.length - mostNamed} more` : '';
  return `of ${workers.length} worker(s) none fits ${describeProgram(program)}: ${named.join('; ')}${more}`;
}
