import type { Log } from '../lib/logged.ts';
import { runBenchmark } from '../lib/run-benchmark.ts';
import type { Entry } from './summary.ts';

/** How benchmarks run one after the other. */
export interface RunAllOptions {
  /** Where `npm run bench` is. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Told of each when it has ended. */
  readonly onEntry: (entry: Entry) => void;
}

/** Runs benchmarks, each in a process of its own; the next one also where one fails. @throws the signal's reason */
export async function runAll(
  names: readonly string[],
  { folder, signal, log, onEntry }: RunAllOptions,
): Promise<void> {
  for (const [index, benchmark] of names.entries()) {
    log(`${benchmark} (${index + 1} of ${names.length})`);
    const started = performance.now();
    const ended = await outcomeOf(benchmark, folder, signal);
    onEntry({ benchmark, seconds: Math.round((performance.now() - started) / 1000), ...ended });
  }
}

async function outcomeOf(
  benchmark: string,
  folder: string,
  signal: AbortSignal,
): Promise<Pick<Entry, 'measurement' | 'error'>> {
  try {
    return { measurement: await runBenchmark([benchmark], { folder, signal }) };
  } catch (error) {
    signal.throwIfAborted();
    return { error: (error as Error).message };
  }
}
