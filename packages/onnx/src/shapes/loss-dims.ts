import { getString } from '../attribute.js';
import { dimsOf, type Application } from './application.js';

/** Dims of a loss: a scalar, or those of the labels where it is not reduced. */
export const lossDims = (application: Application): readonly number[] =>
  getString(application.node, 'reduction', 'mean') === 'none' ? dimsOf(application, 1) : [];
