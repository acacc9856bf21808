import { besideAxis } from '../coupling/beside-axis.js';
import { getInt } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import { normalisedAlong } from '../symmetry/normalised.js';
import { coercion } from '../upgrades/coercion.js';

/** eˣ/Σeˣ along an axis; before opset 13 over all axes from that one on. */
export const softmax = preserving('Softmax', {
  coupling: besideAxis,
  symmetry: normalisedAlong,
  classifies: true,
  upgrade: coercion,
  /** dx = y·(dy − Σ dy·y). */
  gradient: ({ node, outputs: [y], g }, [dy]) => [
    () => g.mul(y, g.sub(dy!, g.reduceSum(g.mul(dy!, y), [getInt(node, 'axis', -1)]))),
  ],
});
