import { describeProgram, openBlobs, serveQueue, type WorkerEvent } from '@nads/queue';
import { threadPool } from '@nads/study/thread-pool';
import { interruptible } from '../terminal/interruption.js';
import { caution, speaker } from '../terminal/say.js';
import { thisProgram } from './this-program.js';

/** Options of `nads worker`. */
interface WorkerFlags {
  readonly queue: string;
  readonly store: string;
  readonly workers: number;
  readonly name?: string;
  readonly idle?: number;
  readonly lease: number;
  readonly log: 'text' | 'json';
  readonly quiet?: boolean;
}

/** Runs `nads worker`: until somebody stops it, or nothing has come for as long as --idle says. */
export async function worker(flags: WorkerFlags): Promise<void> {
  const { queue, store, workers: threads, name, idle = Infinity, lease } = flags;
  const program = await thisProgram();
  const log = logger(flags);
  await interruptible(async signal => {
    const served = await serveQueue({
      queue,
      store: openBlobs(store),
      program,
      threads,
      name,
      lease: 1000 * lease,
      makePool: () => threadPool(1),
      onEvent: log,
    });
    const what = `worker ${served.name}, ${threads} thread(s), ${describeProgram(program)}`;
    log({ event: 'started', text: what });
    await ended(signal, () => served.idleFor() > 1000 * idle);
    const { busy } = served.state();
    log({ event: 'ending', text: `ends after ${busy} task(s) that it is at` });
    await served.drain();
    log({ event: 'ended', text: `${served.state().done} task(s) done` });
  });
}

type Line = Omit<WorkerEvent, 'event'> & {
  readonly event: WorkerEvent['event'] | 'started' | 'ending' | 'ended';
};

/** Events that are no trouble. */
const usual = new Set<Line['event']>(['done', 'known', 'recovered', 'started', 'ending', 'ended']);

function logger({ log, quiet }: WorkerFlags): (line: Line) => void {
  const say = speaker(quiet);
  if (log === 'json')
    return line =>
      (usual.has(line.event) ? say : speaker(false))(
        JSON.stringify({ time: new Date().toISOString(), ...line }),
      );
  return ({ event, text }) => (usual.has(event) ? say(text) : caution(text));
}

/** Resolves once the signal is aborted or a condition holds. */
const ended = (signal: AbortSignal, condition: () => boolean): Promise<void> =>
  new Promise(resolve => {
    const end = (): void => {
      clearInterval(timer);
      resolve();
    };
    const timer = setInterval(() => void (condition() && end()), 200);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
