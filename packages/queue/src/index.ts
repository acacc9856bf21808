export { queuePool, type QueuePoolOptions } from './pool/queue-pool.js';
export {
  serveQueue,
  type QueueWorker,
  type ServeOptions,
  type WorkerEvent,
} from './worker/serve-queue.js';
export {
  drainQueues,
  queueStatus,
  retryTasks,
  type QueueStatus,
  type TaskAside,
  type TaskCounts,
} from './status/queue-status.js';
export { programHere, describeProgram, type Program } from './program/program.js';
export type { QueueServer } from './redis/queue-server.js';
export { queueAddress, type QueueAddress } from './redis/queue-address.js';
export type { WorkerState } from './redis/worker-state.js';
export { StoreTrouble, WrongContent, type BlobStore } from './blobs/blob-store.js';
export { FolderBlobs } from './blobs/folder-blobs.js';
export { openBlobs } from './blobs/open-blobs.js';
export { ContentStore, type ResultRecord } from './blobs/content-store.js';
export { encodeData } from './data/encode-data.js';
export { decodeData } from './data/decode-data.js';
export { contentHash } from './data/content-hash.js';
