import { opsetOf } from '@nads/onnx';
import { orderOf, type Directions, type Preparation } from '@nads/probe';
import { modelRecord } from '../model-record.js';
import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile } from '../store.js';
import { describeHead } from './describe-head.js';
import type { Estimate } from './estimated.js';
import { usualOverlap } from './goal.js';
import { encodeNads, type NadsArrays } from './nads-codec.js';
import { nadsPictures } from './nads-pictures.js';
import type { NadsSummary } from './nads-summary.js';

/** nads.npz, nads.json, gallery.svg, gallery.png and spectrum.svg. @param onWarning of pictures, as of `filesOfPictures` */
export function estimateFiles(estimate: Estimate, onWarning?: OnWarning): NamedFile[] {
  const arrays = nadsArrays(estimate.preparation, estimate.directions);
  const about = estimateSummary(estimate);
  return [...encodeNads(arrays, about), ...filesOfPictures(nadsPictures(arrays, about), onWarning)];
}

/** nads.npz, nads.json, gallery.svg and spectrum.svg of an estimate that is not done. @param onWarning of pictures, as of `filesOfPictures` */
export function soFarEstimateFiles(estimate: Estimate, onWarning?: OnWarning): NamedFile[] {
  const arrays = nadsArrays(estimate.preparation, estimate.directions);
  const about = { ...estimateSummary(estimate), so_far: true };
  const pictures = filesOfPictures(nadsPictures(arrays, about), onWarning, { previews: false });
  return [...encodeNads(arrays, about), ...pictures];
}

/** How often each direction is written: once in every channel, where channels are exchangeable. */
const copiesOf = ({ plan, image }: Preparation): number =>
  plan.probedChannels < image.channels ? image.channels : 1;

/** Directions of whole images. */
export function nadsArrays(preparation: Preparation, directions: Directions): NadsArrays {
  const { image, plan } = preparation;
  const copies = copiesOf(preparation);
  const pixels = image.channels * image.height * image.width;
  const { nads, eigenvalues, standardErrors } = directions;
  return {
    nads: copies === 1 ? nads : inEveryChannel(nads, pixels, copies),
    pixels,
    eigenvalues: repeated(eigenvalues, copies),
    standardErrors: repeated(standardErrors, copies),
    points: plan.points,
    dims: [image.channels, image.height, image.width],
    ...(copies > 1 && { channelNads: oneChannel(nads, pixels, pixels / copies) }),
  };
}

function inEveryChannel(nads: Float32Array, pixels: number, channels: number): Float32Array {
  const area = pixels / channels;
  const all = new Float32Array(nads.length * channels);
  for (let at = 0; at < nads.length; at += pixels)
    for (let channel = 0; channel < channels; channel++)
      all.set(nads.subarray(at, at + area), at * channels + channel * (pixels + area));
  return all;
}

const repeated = (values: Float64Array, copies: number): Float64Array =>
  Float64Array.from({ length: values.length * copies }, (_, i) => values[Math.floor(i / copies)]);

/** Which part of the networks was run on crops of maps. */
function localityOf({ locality, macsPerImage }: Preparation) {
  if (!locality) return null;
  const [onCrops, all] = locality.convolutions;
  return {
    convolutions_on_crops: onCrops,
    convolutions: all,
    macs_saved: locality.savedMacs / macsPerImage,
  };
}

/** The first channel of each image. */
function oneChannel(nads: Float32Array, pixels: number, area: number): Float32Array {
  const count = nads.length / pixels;
  const channel = new Float32Array(count * area);
  for (let i = 0; i < count; i++)
    channel.set(nads.subarray(i * pixels, i * pixels + area), i * area);
  return channel;
}

/** What nads.json says of an estimate. */
export function estimateSummary(estimate: Estimate): NadsSummary {
  const { source, settings, preparation, tally, directions, convergence, runtime } = estimate;
  const { plan, image, symmetries } = preparation;
  const { model } = source;
  const copies = copiesOf(preparation);
  const stability = (of: 'halfSplitOverlap' | 'predictedOverlap') =>
    Object.fromEntries(directions.stability.map(s => [s.top * copies, s[of]]));
  return {
    model: {
      ...modelRecord(source),
      producer: model.producer.name,
      producer_version: model.producer.version,
      opset: opsetOf(model),
    },
    networks: tally.networks,
    settings: {
      probe: plan.probe,
      seed: plan.seed,
      step: plan.probe === 'gradient' ? null : plan.step,
      init: plan.init,
      head: plan.head.kind,
      symmetry: settings.symmetry ?? 'auto',
      basis: plan.basis,
      points: plan.points.length,
      batch: plan.batch,
      local: localityOf(preparation),
      tails: plan.tail?.count ?? 1,
      further: plan.further?.count ?? 0,
      until: settings.until ?? (settings.networks ? null : usualOverlap),
      top: settings.top ?? 10,
    },
    image: {
      channels: image.channels,
      height: image.height,
      width: image.width,
      layout: image.layout,
    },
    directions: {
      saved: directions.eigenvalues.length * copies,
      dimension: image.channels * image.height * image.width,
      probed: preparation.directions,
    },
    channels: { probed: plan.probedChannels, exchangeable: copies > 1 },
    kept: preparation.architecture.kept.map(one => ({ ...one, constants: [...one.constants] })),
    head: describeHead(preparation),
    symmetry: {
      order: orderOf(plan.group),
      group: plan.group,
      note: preparation.symmetryNote ?? null,
      derived: symmetries.map(one => ({ ...one })),
      types: directions.types.slice(0, 100),
    },
    ...(estimate.unresolved !== undefined && { unresolved_secants: estimate.unresolved }),
    ...(convergence && {
      converged: convergence.converged,
      goal: {
        top: convergence.top,
        asked: convergence.asked,
        reached: convergence.reached ?? null,
      },
    }),
    stability: {
      half_split_overlap: stability('halfSplitOverlap'),
      predicted_overlap: stability('predictedOverlap'),
    },
    noise_floor: directions.noiseFloor
      ? { ...directions.noiseFloor, index: directions.noiseFloor.index * copies }
      : null,
    runtime,
  };
}
