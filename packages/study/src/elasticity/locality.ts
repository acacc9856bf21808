import type { Matrix } from '@nads/linalg';

/** Mean similarity of different images of one class, and of different classes. */
export interface Locality {
  readonly within: number;
  /** NaN where all images are of one class. */
  readonly between: number;
}

/** How local a similarity is. @param labels [n]. */
export function localityOf({ columns, data }: Matrix, labels: ArrayLike<number>): Locality {
  const sums = { within: 0, between: 0 };
  const counts = { within: 0, between: 0 };
  data.forEach((x, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    if (i === j) return;
    const kind = labels[i] === labels[j] ? 'within' : 'between';
    sums[kind] += x;
    counts[kind]++;
  });
  return { within: sums.within / counts.within, between: sums.between / counts.between };
}
