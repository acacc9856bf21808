import type { Measure } from './measure.js';

/** What follows a layer's name in the name of its measure, d [k, k] or M [k², k²]. */
export const measureSuffixes: Readonly<Record<Measure['measure'], string>> = {
  diagonal: 'diagonal_measure',
  unconstrained: 'measure',
};

/** What a measure is, by its name; undefined for other weights. */
export const measureOf = (name: string): Measure['measure'] | undefined =>
  (['diagonal', 'unconstrained'] as const).find(kind => name.endsWith(`.${measureSuffixes[kind]}`));
