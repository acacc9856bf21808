import { feeds, type Dimension, type Model } from '@nads/onnx';
import type { RuntimeTensors } from './run-model.ts';
import { filled } from './tensor.ts';

/** Reproducible values for every input of a model. */
export const filledFeeds = ({ graph }: Model): RuntimeTensors =>
  Object.fromEntries(
    feeds(graph).map(({ name, type, dims = [] }) => [name, filled(type, dims.map(freeSize))]),
  );

/** What an axis of free size gets: two of a batch, and space that such models can halve. */
const freeSize = (size: Dimension, axis: number): number => {
  if (typeof size === 'number') return size;
  return axis === 0 ? 2 : 48;
};
