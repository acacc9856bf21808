import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Where something is measured, and what else goes on there. */
export interface Place {
  /** Processor, cores, memory and Node. */
  readonly machine: string;
  /** Of the minute before. */
  readonly load_average: number;
  /** Whether that is more work than cores, whatever a benchmark just before has left in the average. */
  readonly busy: boolean;
}

/** This machine as it is now. */
export function placeHere(): Place {
  const [load_average] = loadavg();
  return { machine: machine(), load_average, busy: load_average > 1.5 * availableParallelism() };
}

function machine(): string {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${processors[0].model.trim()}, ${processors.length} cores, ${gigabytes} GB, Node ${process.version}`;
}
