export {
  float32,
  type Runtime,
  type Session,
  type SessionOptions,
  type Value,
  type Values,
} from './session.js';
export { comparedRuntime } from './compared-runtime.js';
export { providers, type Provider } from './provider.js';
export { mostRewritten } from './onnxruntime-session.js';
export { gramProduct, matrixProduct } from './matrix-product.js';
export { rowProduct, type RowPart, type RowProduct, type Rows } from './row-product.js';
export {
  service,
  type Job,
  type Pool,
  type Service,
  type ServiceContext,
  type Services,
} from './pool.js';
export { inProcessPool } from './in-process-pool.js';
export type { OnProgress, Progress, StopSignal, Watched } from './progress.js';
