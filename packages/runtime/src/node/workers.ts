export { TaskPool } from './task-pool.js';
export { serveTasks, type Service } from './serve-tasks.js';
