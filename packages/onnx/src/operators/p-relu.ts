import { pointwise as coupled } from '../coupling/pointwise.js';
import { preserving } from '../families/preserving.js';
import { samePlaces } from '../layers/reach-rule.js';
import { summed } from '../formulas/summed.js';
import type { Node } from '../graph.js';
import { dimsOf, type Application } from '../shapes/application.js';
import { pointwise } from '../symmetry/pointwise.js';
import { withAxesBehind } from '../upgrades/stretching.js';

/** x where positive, else slope · x; the slope is broadcast to x (before opset 7 from the channels on). */
export const pRelu = preserving('PRelu', {
  inputs: [2, 2],
  symmetry: pointwise(),
  reach: samePlaces,
  coupling: coupled,
  rectifies: () => true,
  inDouble: (g, { inputs: [x, slope] }) => g.where(g.greater(x, 0), x, g.mul(x, slope)),
  weights: () => [{ input: 1, kind: 'prelu', role: 'weight' }],
  gradient: summed(({ g, inputs: [x, slope] }, [dy]) => [
    () => g.where(g.greater(x, 0), dy!, g.mul(dy!, slope)),
    () => g.mul(dy!, g.where(g.greater(x, 0), 0, x)),
  ]),
  upgrade: { since: 7, rewrite: slopeOfChannels },
});

function slopeOfChannels(old: Application): Node[] {
  const slope = dimsOf(old, 1);
  if (slope.length !== 1 || slope[0] === 1) return [old.node];
  return withAxesBehind(old.node, 1, dimsOf(old, 0).length - 2);
}
