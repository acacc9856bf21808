import { flatten } from '../layers/flatten.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import type { Architecture } from './architecture.js';

/** Logistic regression: one linear layer over all pixels. */
export const logReg: Architecture = {
  name: 'logreg',
  title: 'logistic regression on pixels',
  init: 'pytorch',
  build: sizes => network('logreg', sizes, x => linear(flatten(x), 'fc', sizes.classes)),
};
