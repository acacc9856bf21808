import {
  architecture,
  inferShapes,
  isFloating,
  parseInit,
  requireGrowth,
  requireScaled,
  sizeOf,
  type Architecture,
  type Inference,
  type Init,
  type Model,
} from '@nads/onnx';
import type { ImageBatch } from './image-batch.js';

/** A model without its own weights. */
export interface FreshArchitecture {
  readonly architecture: Architecture;
  readonly inference: Inference;
  /** How its weights are drawn. */
  readonly init: Init;
}

/**
 * The architecture behind a model.
 * @param init as `parseInit` reads it.
 * @throws where it has no weights, or its output is not floating-point.
 */
export function freshArchitecture(
  { image, batch, dims }: ImageBatch,
  init = 'pytorch',
): FreshArchitecture {
  const fresh = architecture(batch.model, inferShapes(batch.model, dims));
  if (fresh.draws.length === 0)
    throw new Error('no layer with weights was found, so there is nothing to draw');
  const inference = inferShapes(fresh.model, dims);
  requireGrowth(fresh.model.graph, inference, sizeOf(dims[image.name]));
  requireFloatOutput(fresh.model, inference);
  const parsed = parseInit(init);
  requireScaled(parsed, fresh.draws);
  return { architecture: fresh, inference, init: parsed };
}

function requireFloatOutput({ graph }: Model, inference: Inference): void {
  const { name, type } = graph.outputs[0];
  const actual = inference.get(name)?.type ?? type;
  if (!isFloating(actual))
    throw new Error(
      `output '${name}' is ${actual ?? 'no tensor'}, not floating-point; cut the model before it`,
    );
}
