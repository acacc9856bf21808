import { getInt, getInts } from '../attribute.js';
import { dimsOf, typeOf, type Operator } from './operator.js';
import { windowOf, windowPositions } from './window.js';

/** Y[n, m, p] = b[m] + Σ_{c, δ} W[m, c, δ] X[n, c, s·p + d·δ − pad], within groups of channels. */
export const conv: Operator = {
  name: 'Conv',
  infer: application => {
    const [batch, channels, ...sizes] = dimsOf(application, 0);
    const [filters, perGroup, ...kernel] = dimsOf(application, 1);
    const { node } = application;
    const group = getInt(node, 'group', 1);
    if (channels !== perGroup * group)
      throw new Error(`input has ${channels} channels, weights expect ${perGroup * group}`);
    const window = windowOf(node, getInts(node, 'kernel_shape', kernel), sizes);
    const dims = [batch, filters, ...windowPositions(window, sizes)];
    return [{ type: typeOf(application, 0), dims }];
  },
};
