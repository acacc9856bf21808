import { encodeNpz, type NdArray } from '@nads/dataset';
import { spectrum } from '@nads/report';
import { fileName } from '../file-name.js';
import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import type { KernelNumbers } from './kernel-numbers.js';
import { ntkSummary } from './ntk-summary.js';
import type { Ntk } from './ntk.js';

/** ntk.npz, ntk.json and spectrum.svg. */
export const ntkFiles = (found: Ntk, onWarning?: OnWarning): NamedFile[] => [
  ['ntk.npz', encodeNpz(arrays(found.numbers))],
  ['ntk.json', `${JSON.stringify(ntkSummary(found), null, 2)}\n`],
  ...filesOfPictures([{ name: 'spectrum', draw: () => chart(found) }], onWarning),
];

function arrays({ kernel, eigenvalues, labels }: KernelNumbers): Record<string, NdArray> {
  return {
    kernel: { dtype: 'float64', shape: [kernel.rows, kernel.columns], data: kernel.data },
    eigenvalues: { dtype: 'float64', shape: [eigenvalues.length], data: eigenvalues },
    ...(labels && { labels: { dtype: 'int32' as const, shape: [labels.length], data: labels } }),
  };
}

const chart = ({ source, images, numbers: { eigenvalues } }: Ntk): string =>
  spectrum({
    eigenvalues,
    standardErrors: eigenvalues.map(() => NaN),
    title: `Tangent kernel of ${fileName(source.name)}, ${images.count} images`,
    x: 'index of the eigenvalue',
  });
