import { OptionError } from '@nads/linalg';
import type { Preparation } from '@nads/probe';
import { estimate, type EstimateEnvironment } from '../estimate/estimate.js';
import type { Estimate, EstimateSettings } from '../estimate/estimated.js';
import { estimatedResult } from '../estimate/estimated-result.js';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import { compared, type Atlas } from './atlas.js';
import { placement, requireImage, sameChannels, type Placement } from './placement.js';

/** How a model that is to be placed is estimated; all else is as of the members. */
export type PlaceSettings = Pick<
  EstimateSettings,
  'init' | 'layout' | 'networks' | 'resume' | 'seed' | 'size' | 'step'
>;

/** A model that was estimated and placed. */
export interface PlacedModel {
  readonly estimate: Estimate;
  readonly placement: Placement;
}

/**
 * Estimates a model as the members of an atlas were, and places it among them. What does not fit the atlas is refused before the first
 * network is drawn.
 * @returns undefined where the signal is aborted; what was done is kept in the store
 * @throws OptionError where the step is another than that of the atlas; as `estimate` and `placement`
 */
export async function placeModel(
  source: SourceModel,
  atlas: Atlas,
  settings: PlaceSettings,
  environment: EstimateEnvironment,
): Promise<PlacedModel | undefined> {
  const { step, basis, probe, points } = atlas.summary.settings;
  if (settings.step !== undefined && settings.step !== step)
    throw new OptionError(
      'step',
      `the atlas is of step ${step}, not ${settings.step}; leave it out, or gather an atlas of that step`,
    );
  if (probe !== 'secant')
    throw new Error(`models are placed in atlases of secants, not of ${probe}s`);
  const found = await estimate(
    source,
    { ...settings, step: step ?? undefined, basis, pointCount: points },
    {
      ...environment,
      onPlan: plan => {
        about(source.name, () => requireFit(atlas, plan.preparation));
        environment.onPlan?.(plan);
      },
    },
  );
  if (environment.signal?.aborted) return undefined;
  return { estimate: found, placement: placement(atlas, estimatedResult(found)) };
}

/** @throws where directions cannot be compared */
function requireFit(atlas: Atlas, { image, plan }: Preparation): void {
  requireImage(atlas, image);
  const [first] = compared(atlas);
  const channels = plan.probedChannels < image.channels ? 1 : image.channels;
  if (first && first.summary.directions.channels !== channels) throw new Error(sameChannels);
}
