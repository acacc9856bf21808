import { pixelsOf } from '@nads/basis';
import type { Matrix } from '@nads/linalg';
import type { SavedArrays } from '../saved-arrays.js';
import type { AnalysisSummary } from './analysis-summary.js';

/** An analysis as it is drawn. */
export interface PicturedAnalysis {
  readonly summary: AnalysisSummary;
  /** Of data gradients, leading first: [k × C·H·W]. */
  readonly eigenvectors: Matrix;
  readonly eigenvalues: Float64Array;
  /** Of each class. */
  readonly classEigenvalues: readonly Float64Array[];
  /** Of whole images, or of one channel where they are the same in each. */
  readonly leadingNads?: Matrix;
  readonly nadEigenvalues?: Float64Array;
}

/** An analysis from its analysis.json and analysis.npz. @throws where an array is missing or does not fit the summary */
export function picturedAnalysis(summary: AnalysisSummary, arrays: SavedArrays): PicturedAnalysis {
  const { image, classes } = summary;
  const eigenvectors = arrays.rows('eigenvectors', pixelsOf(image));
  const ofClasses = arrays.finite('class_eigenvalues', [classes.length, eigenvectors.rows]);
  return {
    summary,
    eigenvectors,
    eigenvalues: arrays.finite('eigenvalues', ['eigenvalues']),
    classEigenvalues: classes.map((_, i) =>
      ofClasses.subarray(i * eigenvectors.rows, (i + 1) * eigenvectors.rows),
    ),
    leadingNads: arrays.has('leading_nads') ? leadingNads(arrays, summary) : undefined,
    nadEigenvalues: arrays.has('nad_eigenvalues')
      ? arrays.finite('nad_eigenvalues', ['eigenvalues'])
      : undefined,
  };
}

function leadingNads(arrays: SavedArrays, { image }: AnalysisSummary): Matrix {
  const { file } = arrays;
  const rows = arrays.rows('leading_nads', 'pixels');
  const area = image.height * image.width;
  if (rows.columns === area || rows.columns === pixelsOf(image)) return rows;
  throw new Error(
    `${file}[leading_nads]: rows of ${rows.columns} pixels, expected ${area} or ${pixelsOf(image)}`,
  );
}
