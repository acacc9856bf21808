export { ThreadPool, type ThreadPoolOptions } from './thread-pool.js';
export { serve } from './serve.js';
