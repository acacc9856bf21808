import { spectrum } from '@nads/report';
import { fileName } from '../file-name.js';
import type { Picture } from '../picture.js';
import type { NtkSummary } from './ntk-summary.js';

/** The eigenvalues of a tangent kernel, largest first. */
export const ntkPictures = (
  { model, settings }: NtkSummary,
  eigenvalues: Float64Array,
): Picture[] => [
  {
    name: 'spectrum',
    caption: 'Eigenvalues of the tangent kernel',
    draw: () =>
      spectrum({
        eigenvalues,
        standardErrors: eigenvalues.map(() => NaN),
        title: `Tangent kernel of ${fileName(model.file)}, ${settings.images} images`,
        x: 'index of the eigenvalue',
      }),
  },
];
