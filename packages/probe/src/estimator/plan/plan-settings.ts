import { formatInit } from '@nads/onnx';
import { drawPoints } from './draw-points.js';
import type { EstimateOptions } from './estimate-options.js';
import type { HeadTreatment } from './head-treatment.js';
import type { Plan } from './plan.js';
import type { ProbedNetwork } from './probed-network.js';
import type { NetworkSymmetry } from './symmetry-of.js';

/** A plan without the models that are run. */
export type PlanSettings = Omit<Plan, 'body' | 'tail' | 'further' | 'local' | 'batch'>;

/** Settings as chosen, else as they follow from the graph. */
export function planSettings(
  { image, init }: ProbedNetwork,
  head: HeadTreatment,
  { basis, averaging }: NetworkSymmetry,
  options: EstimateOptions,
): PlanSettings {
  const { probe = 'secant', seed = 0, step = 100, points, pointCount = 1, rows } = options;
  return {
    probe,
    init: formatInit(init),
    seed,
    layout: image.layout,
    shape: image,
    basis: basis.name,
    rows,
    probedChannels: averaging.probedChannels,
    points: points ?? drawPoints(image, seed, pointCount),
    step: probe === 'gradient' ? 0 : step,
    head,
    group: averaging.group,
  };
}
