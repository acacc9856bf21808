import { pixelsOf } from '@nads/basis';
import { opsetOf } from '@nads/onnx';
import { encodeNads } from '../estimate/nads-codec.js';
import { nadsPictures } from '../estimate/nads-pictures.js';
import type { NadsSummary } from '../estimate/nads-summary.js';
import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import type { MixedEstimate } from './estimate-mixed.js';

/** nads.npz, nads.json, gallery.svg, gallery.png and spectrum.svg, in the form of an estimate. */
export function mixedFiles(estimate: MixedEstimate, onWarning?: OnWarning): NamedFile[] {
  const { model, points, found } = estimate;
  const { channels, height, width } = model.image;
  const { nads, eigenvalues } = found;
  const standardErrors = new Float64Array(eigenvalues.length).fill(NaN);
  const arrays = {
    nads,
    pixels: pixelsOf(model.image),
    eigenvalues,
    standardErrors,
    points,
    dims: [channels, height, width] as const,
  };
  const about = mixedSummary(estimate);
  return [...encodeNads(arrays, about), ...filesOfPictures(nadsPictures(arrays, about), onWarning)];
}

/** What nads.json says of it. */
export function mixedSummary(estimate: MixedEstimate): NadsSummary {
  const { source, model, basis, points, found, settings, runtime } = estimate;
  const { channels, height, width, layout } = model.image;
  return {
    model: {
      file: source.name,
      sha256: source.sha256,
      ...(source.output !== undefined && { output: source.output }),
      producer: source.model.producer.name,
      producer_version: source.model.producer.version,
      opset: opsetOf(source.model),
    },
    networks: 1,
    settings: {
      probe: 'mixed',
      seed: settings.seed ?? 0,
      step: null,
      init: settings.init ?? 'pytorch',
      head: 'sampled',
      symmetry: 'none',
      basis: basis.name,
      points: points.length,
    },
    image: { channels, height, width, layout },
    directions: {
      saved: found.eigenvalues.length,
      dimension: channels * height * width,
      probed: basis.size,
    },
    parameters: model.parameters,
    lanczos: { residual: found.residual, converged: found.converged },
    stability: null,
    noise_floor: null,
    runtime,
  };
}
