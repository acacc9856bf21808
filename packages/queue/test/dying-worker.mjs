// A worker whose process dies in the middle of its first task. Its only argument: {queue, store, program} as JSON.
import { openBlobs, serveQueue } from '@nads/queue';

const { queue, store, program } = JSON.parse(process.argv[2]);
await serveQueue({
  queue,
  store: openBlobs(store),
  program,
  threads: 1,
  lease: 400,
  takeovers: 1,
  makePool: () => ({
    size: 1,
    begin: () => ({ run: async () => process.kill(process.pid, 'SIGKILL'), end: async () => {} }),
    close: async () => {},
  }),
});
