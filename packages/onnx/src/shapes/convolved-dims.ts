import { dimsOf, type Application } from './application.js';
import { groupsOf } from './groups-of.js';
import { kernelSizes } from './kernel-sizes.js';
import { windowOf, windowPositions } from './window.js';

/** Dims of a convolution of input 0 with the weights at another input. @throws where channels or attributes do not fit. */
export function convolvedDims(application: Application, weights: number): number[] {
  const [batch, channels, ...sizes] = dimsOf(application, 0);
  const [filters, perGroup, ...rest] = dimsOf(application, weights);
  const { node } = application;
  const kernel = kernelSizes(node, [filters, perGroup, ...rest], sizes.length + 2);
  const expected = perGroup * groupsOf(node, filters);
  if (channels !== expected)
    throw new Error(`input has ${channels} channels, weights expect ${expected}`);
  return [batch, filters, ...windowPositions(windowOf(node, kernel, sizes), sizes)];
}
