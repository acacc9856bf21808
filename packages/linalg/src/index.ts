export { addGram, mirrorLower } from './add-gram.js';
export { fromRows, identity, matrix, row, transpose, type Matrix } from './matrix.js';
export { multiply, multiplyTransposed } from './multiply.js';
export { orthonormalise } from './orthonormalise.js';
export { overlap } from './overlap.js';
export { principalAngles } from './principal-angles.js';
export { Random } from './random.js';
export { symmetricEigen, symmetricEigenvalues, type Eigen } from './symmetric-eigen.js';
