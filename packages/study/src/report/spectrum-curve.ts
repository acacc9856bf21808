import type { ReportedCurve } from './reported-curve.js';

/** Smaller than this beside the largest, eigenvalues are rounding errors and would stretch the axis. */
const smallestShown = 1e-10;

/** Eigenvalues as shares of their sum over their index. @param of what they are, as in 'NADs' */
export function spectrumCurve(
  name: string,
  of: string,
  eigenvalues: ArrayLike<number>,
): ReportedCurve {
  const all = Array.from(eigenvalues);
  const sum = all.reduce((total, value) => total + value, 0);
  const shares = all.map(value => value / sum).filter(share => share > smallestShown);
  return {
    name,
    title: `Eigenvalues of ${of} as shares of their sum`,
    x: { title: 'index', scale: 'symlog', whole: true },
    y: { title: 'share of the sum', scale: 'log' },
    series: { x: shares.map((_, i) => i), y: shares, points: false },
  };
}
