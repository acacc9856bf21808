import type { MessagePort } from 'node:worker_threads';
import type { LoopRequest } from './loops.ts';

/** The worker's side of a loop: says that it is ready, then answers with the seconds per run until it is told to close. */
export function answerLoop(
  port: MessagePort | null,
  answer: (request: LoopRequest) => Promise<number>,
): void {
  if (!port) throw new Error('this script is for a worker thread');
  port.on('message', async (request: LoopRequest | 'close') =>
    request === 'close' ? port.close() : port.postMessage(await answer(request)),
  );
  port.postMessage('ready');
}
