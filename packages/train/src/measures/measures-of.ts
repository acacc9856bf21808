import type { Model } from '@nads/onnx';
import { measureOf } from './measure-names.js';

/**
 * Names of the learnt measures of a model that `toOnnx` made. Fresh networks keep them as they are, so they are no weights to draw,
 * but training changes them.
 */
export const measuresOf = ({ graph }: Pick<Model, 'graph'>): string[] =>
  [...graph.initializers.keys()].filter(measureOf);
