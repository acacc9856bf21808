import { keptAlong } from '../coupling/kept-along.js';
import { getFloat, getInt } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import { samePlace } from '../layers/reach-rule.js';
import { normalised } from '../symmetry/normalised.js';

/** x / (bias + α/size · Σ x²)^β, the sum over `size` neighbouring channels. */
export const lrn = preserving('LRN', {
  symmetry: normalised({ byChannel: false }),
  reach: samePlace,
  coupling: keptAlong(axis => axis !== 1),
  decompose: ({ node, inputs: [x], g }) => {
    const size = getInt(node, 'size', 1);
    const channels = g.size(x, 1);
    // neighbours further away than there are channels are zeros
    const before = Math.min(Math.floor((size - 1) / 2), channels - 1);
    const after = Math.min(size - 1 - Math.floor((size - 1) / 2), channels - 1);
    const onChannels = (zeros: number) => g.dims(x).map((_, axis) => (axis === 1 ? zeros : 0));
    const padded = g.pad(g.square(x), onChannels(before), onChannels(after));
    const neighbours = Array.from({ length: before + 1 + after }, (_, k) =>
      g.slice(padded, [1], [k], [k + channels]),
    );
    const scaled = g.mul(neighbours.reduce(g.add), getFloat(node, 'alpha', 0.0001) / size);
    const base = g.add(scaled, getFloat(node, 'bias', 1));
    return [g.div(x, g.pow(base, getFloat(node, 'beta', 0.75)))];
  },
});
