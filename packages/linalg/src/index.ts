export { addGram, mirrorLower } from './add-gram.js';
export { fromRows, identity, matrix, row, transpose, type Matrix } from './matrix.js';
export { multiply, multiplyTransposed } from './multiply.js';
export { Random } from './random.js';
