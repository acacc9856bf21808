export { expectClose, relativeError, type Tolerance } from './expect-close.js';
export { readmeExample, runExample, type ReadmeExample } from './readme-example.js';
export { temporaryFolder, type TemporaryFolder } from './temporary-folder.js';
