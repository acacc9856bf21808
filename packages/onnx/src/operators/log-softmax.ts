import { besideAxis } from '../coupling/beside-axis.js';
import { getInt } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import { normalisedAlong } from '../symmetry/normalised.js';
import { coercion } from '../upgrades/coercion.js';

/** x − ln Σeˣ along an axis; before opset 13 over all axes from that one on. */
export const logSoftmax = preserving('LogSoftmax', {
  coupling: besideAxis,
  symmetry: normalisedAlong,
  classifies: true,
  upgrade: coercion,
  /** dx = dy − eʸ·Σ dy. */
  gradient: ({ node, outputs: [y], g }, [dy]) => [
    () => g.sub(dy!, g.mul(g.exp(y), g.reduceSum(dy!, [getInt(node, 'axis', -1)]))),
  ],
});
