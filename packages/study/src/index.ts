export type { Environment } from './environment.js';
export { services } from './services.js';
export { type NamedFile, type Store, type Write } from './store.js';
export { MemoryStore } from './memory-store.js';
export { digest, sourceModel, type SourceModel, type SourceOptions } from './source-model.js';
export * from './estimate/index.js';
export * from './mixed/index.js';
export * from './trained/index.js';
export { shortNumber } from './short-number.js';
