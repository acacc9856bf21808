import { encodeNpz, type NdArray } from '@nads/dataset';
import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import type { KernelNumbers } from './kernel-numbers.js';
import { ntkPictures } from './ntk-pictures.js';
import { ntkSummary } from './ntk-summary.js';
import type { Ntk } from './ntk.js';

/** ntk.npz, ntk.json and spectrum.svg. */
export const ntkFiles = (found: Ntk, onWarning?: OnWarning): NamedFile[] => [
  ['ntk.npz', encodeNpz(arrays(found.numbers))],
  ['ntk.json', `${JSON.stringify(ntkSummary(found), null, 2)}\n`],
  ...filesOfPictures(ntkPictures(ntkSummary(found), found.numbers.eigenvalues), onWarning),
];

function arrays({ kernel, eigenvalues, labels }: KernelNumbers): Record<string, NdArray> {
  return {
    kernel: { dtype: 'float64', shape: [kernel.rows, kernel.columns], data: kernel.data },
    eigenvalues: { dtype: 'float64', shape: [eigenvalues.length], data: eigenvalues },
    ...(labels && { labels: { dtype: 'int32' as const, shape: [labels.length], data: labels } }),
  };
}
