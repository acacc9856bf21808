import { getInt, getInts } from '../attribute.js';
import { dimsOf, type Application } from './application.js';
import { windowOf, windowPositions } from './window.js';

/** Dims of a convolution of input 0 with the weights at another input. @throws where channels differ. */
export function convolvedDims(application: Application, weights: number): number[] {
  const [batch, channels, ...sizes] = dimsOf(application, 0);
  const [filters, perGroup, ...kernel] = dimsOf(application, weights);
  const { node } = application;
  const group = getInt(node, 'group', 1);
  if (channels !== perGroup * group)
    throw new Error(`input has ${channels} channels, weights expect ${perGroup * group}`);
  const window = windowOf(node, getInts(node, 'kernel_shape', kernel), sizes);
  return [batch, filters, ...windowPositions(window, sizes)];
}
