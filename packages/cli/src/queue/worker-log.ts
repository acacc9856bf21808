import type { WorkerEvent } from '@nads/queue';
import { caution, speaker } from '../terminal/say.js';

/** Options that say what is logged, and how. */
export interface LogFlags {
  readonly log: 'text' | 'json';
  readonly quiet?: boolean;
}

/** What happens to a worker, and to what it does. */
type Line = Omit<WorkerEvent, 'event'> & {
  readonly event: WorkerEvent['event'] | 'started' | 'metrics' | 'ending' | 'ended';
};

/** Takes what happens. */
export type WorkerLog = (line: Line) => void;

/** What is left out with --quiet. */
const usual: ReadonlySet<Line['event']> = new Set([
  'done',
  'known',
  'recovered',
  'started',
  'metrics',
  'ending',
  'ended',
] as const);

/** Writes lines to stderr: for people, or as JSON with the time. */
export function workerLog({ log, quiet }: LogFlags): WorkerLog {
  const say = speaker(quiet);
  const complain = log === 'json' ? speaker(false) : caution;
  return line => {
    const write = usual.has(line.event) ? say : complain;
    const { text } = line;
    write(log === 'json' ? JSON.stringify({ time: new Date().toISOString(), ...line }) : text);
  };
}
