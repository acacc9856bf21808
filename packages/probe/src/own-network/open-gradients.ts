import type { Runtime } from '@nads/runtime';
import type { GradientModel } from './gradient-model.js';
import { GradientRunner } from './gradient-runner.js';
import { requireSameOutputs } from './require-same-outputs.js';

/**
 * A gradient model ready to run.
 * @throws what the runtime says of it; an error where its outputs are not those of the network it was derived from.
 */
export async function openGradients(
  runtime: Runtime,
  model: GradientModel,
): Promise<GradientRunner> {
  const session = await runtime.createSession(model.model);
  await requireSameOutputs(runtime, session, model);
  return GradientRunner.open(session, model, runtime);
}
