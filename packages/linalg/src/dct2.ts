import { addProduct, transposedView, view, type View } from './add-product.js';
import { cosineBasis } from './cosine-basis.js';

type Image = Float32Array | Float64Array;

const basisView = (n: number) => view(cosineBasis(n).data, n, n);

/** left · image · right. */
function transform(left: View, image: Image, right: View): Float64Array {
  const [height, width] = [left.rows, right.rows];
  if (image.length !== height * width)
    throw new Error(`linalg: ${image.length} pixels are not an image of ${height}×${width}`);
  const half = view(new Float64Array(image.length), height, width);
  const result = view(new Float64Array(image.length), height, width);
  addProduct(half, left, view(image, height, width));
  addProduct(result, half, right);
  return result.data;
}

/**
 * Orthonormal two-dimensional cosine transform (DCT-II) of a row-major image.
 * @returns height·width coefficients, row-major, the mean's at the top left.
 * @throws if the image has not height·width pixels.
 */
export function dct2(image: Image, height: number, width: number): Float64Array {
  return transform(basisView(height), image, transposedView(basisView(width)));
}

/**
 * The image with the given orthonormal cosine coefficients: the inverse of `dct2`.
 * @throws if there are not height·width coefficients.
 */
export function inverseDct2(coefficients: Image, height: number, width: number): Float64Array {
  return transform(transposedView(basisView(height)), coefficients, basisView(width));
}
