import { encodeNpz, type NdArray } from '@nads/dataset';
import type { Matrix } from '@nads/linalg';
import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import type { Elasticity } from './elasticity.js';
import { elasticityPictures } from './elasticity-pictures.js';
import { elasticitySummary } from './elasticity-summary.js';

/** elasticity.npz, elasticity.json and similarities.svg. */
export function elasticityFiles(found: Elasticity, onWarning?: OnWarning): NamedFile[] {
  const summary = elasticitySummary(found);
  const [{ kernel, relative }] = found.networks;
  const pictured = { kernel: kernel.data, relative: relative.data };
  return [
    ['elasticity.npz', encodeNpz(arrays(found))],
    ['elasticity.json', `${JSON.stringify(summary, null, 2)}\n`],
    ...filesOfPictures(elasticityPictures(summary, pictured), onWarning),
  ];
}

/** Similarities of the first network, and which cluster each image is in, −1 where it is not clustered. */
function arrays({ networks, set, pixels, steps }: Elasticity): Record<string, NdArray> {
  const [{ kernel, relative, clusters }] = networks;
  const { length } = set.labels;
  const found = Object.entries({ ...clusters, ...pixels }).map(([name, { labels }]) => {
    const all = new Int32Array(length).fill(-1);
    set.clustered.forEach((i, at) => (all[i] = labels[at]));
    return [`clusters_${name}`, whole(all)] as const;
  });
  const bySteps = (steps?.similarities ?? []).flatMap(({ eta, ...similarities }) =>
    Object.entries(similarities).map(
      ([name, similarity]) => [`${name}_eta${eta}`, square(similarity)] as const,
    ),
  );
  return {
    kernel: square(kernel),
    relative: square(relative),
    labels: whole(set.labels),
    ...Object.fromEntries([...found, ...bySteps]),
  };
}

const whole = (data: Int32Array): NdArray => ({ dtype: 'int32', shape: [data.length], data });

const square = ({ rows, columns, data }: Matrix): NdArray => ({
  dtype: 'float64',
  shape: [rows, columns],
  data,
});
