export { addressOf, type Address, type KnownFile } from './address.js';
export type { Downloading } from './download.js';
export type { FileCache, KeptFile } from './file-cache.js';
export { load, type LoadedFile, type LoadOptions } from './load.js';
export { pageCache, type PageCaches } from './page-cache.js';
