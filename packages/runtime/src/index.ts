export {
  float32,
  type Runtime,
  type Session,
  type SessionOptions,
  type Value,
  type Values,
} from './session.js';
export { gramProduct, matrixProduct } from './matrix-product.js';
