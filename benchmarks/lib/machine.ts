import { cpus, totalmem } from 'node:os';

/** Processor, cores, memory and Node, in one line. */
export function machine(): string {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${processors[0].model.trim()}, ${processors.length} cores, ${gigabytes} GB, Node ${process.version}`;
}
