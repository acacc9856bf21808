export { webWorkerPool } from './web-worker-pool.js';
export { serve } from './serve.js';
