export { expectClose, relativeError, type Tolerance } from './expect-close.js';
