import { Worker } from 'node:worker_threads';

type Listener = (event: { type: string; data?: unknown; message?: string }) => void;

/** A thread of Node that looks like a web worker to its page. */
export function webWorker(code: URL) {
  const worker = new Worker(code);
  return {
    postMessage: (message: unknown) => worker.postMessage(message),
    terminate: () => void worker.terminate(),
    addEventListener(type: string, listener: Listener) {
      if (type === 'message') worker.on('message', data => listener({ type, data }));
      if (type === 'error') worker.on('error', ({ message }) => listener({ type, message }));
    },
  };
}
