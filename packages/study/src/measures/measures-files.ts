import { encodeNpz } from '@nads/dataset';
import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import type { Measures } from './measures.js';
import { measuresPictures } from './measures-pictures.js';
import { measuresSummary } from './measures-summary.js';

/** measures.json, measures.npz with dynamic measures, d [k × k × h × w] by layer, and the pictures. */
export const measuresFiles = (found: Measures, onWarning?: OnWarning): NamedFile[] => [
  ...(found.dynamic.length > 0
    ? [['measures.npz', encodeNpz(Object.fromEntries(found.dynamic.map(diagonals)))] as const]
    : []),
  ['measures.json', `${JSON.stringify(measuresSummary(found), null, 2)}\n`],
  ...filesOfPictures(measuresPictures(found), onWarning),
];

const diagonals = ({
  title,
  kernel,
  height,
  width,
  diagonals: data,
}: Measures['dynamic'][number]) =>
  [title, { dtype: 'float32', shape: [kernel, kernel, height, width], data }] as const;
