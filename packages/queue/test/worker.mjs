// A worker in a process of its own, as `nads worker` is. Its only argument: {queue, store, threads, lease} as JSON.
import { openBlobs, programHere, serveQueue } from '@nads/queue';
import { nodeRuntime } from '@nads/runtime/node';
import { threadPool } from '@nads/study/thread-pool';

const { queue, store, threads, lease } = JSON.parse(process.argv[2]);
const worker = await serveQueue({
  queue,
  store: openBlobs(store),
  program: await programHere('test', nodeRuntime),
  threads,
  lease,
  makePool: () => threadPool(1),
});
process.stdout.write('ready\n');
process.once('SIGTERM', () => void worker.drain());
