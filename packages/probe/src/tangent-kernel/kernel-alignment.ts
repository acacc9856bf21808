import { matrix, type Matrix } from '@nads/linalg';

/**
 * How far a kernel agrees with labels: ⟨K, YYᵀ⟩ / (‖K‖ ‖YYᵀ‖) with YYᵀ[i, j] = 1 for images of one class and
 * 0 for others (Cristianini et al. 2001). Both in [0, 1] for kernels without negative entries.
 * @param k [n × n]; @param labels [n].
 * @returns NaN where the kernel or YYᵀ is zero.
 */
export function kernelAlignment(k: Matrix, labels: ArrayLike<number>): number {
  return cosine(k, sameClass(labels));
}

/** The alignment of the kernels of centred features, H K H with H = I − 11ᵀ/n (Cortes, Mohri & Rostamizadeh 2012). */
export function centredAlignment(k: Matrix, labels: ArrayLike<number>): number {
  return cosine(centred(k), centred(sameClass(labels)));
}

function sameClass(labels: ArrayLike<number>): Matrix {
  const n = labels.length;
  const same = matrix(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) same.data[i * n + j] = Number(labels[i] === labels[j]);
  return same;
}

/** H K H of a symmetric K: rows and columns have mean zero. */
function centred(k: Matrix): Matrix {
  const n = k.rows;
  const means = new Float64Array(n);
  k.data.forEach((x, at) => (means[Math.floor(at / n)] += x / n));
  const mean = means.reduce((sum, x) => sum + x / n, 0);
  const result = matrix(n, n);
  k.data.forEach((x, at) => {
    result.data[at] = x - means[Math.floor(at / n)] - means[at % n] + mean;
  });
  return result;
}

function cosine(a: Matrix, b: Matrix): number {
  const [aa, ab, bb] = [inner(a, a), inner(a, b), inner(b, b)];
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : NaN;
}

const inner = (a: Matrix, b: Matrix): number =>
  a.data.reduce((sum, x, i) => sum + x * b.data[i], 0);
