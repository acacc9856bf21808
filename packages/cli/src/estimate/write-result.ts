import { join } from 'node:path';
import { encodeNpz, type NdArray } from '@nads/dataset';
import { opsetOf } from '@nads/onnx';
import { orderOf, type Directions, type Preparation, type Tally } from '@nads/probe';
import { encodePng, spectrum } from '@nads/report';
import { nodeRuntime } from '@nads/runtime/node';
import { writeTogether } from '../files/write-file.js';
import type { LoadedModel } from '../models/load-model.js';
import { describeHead } from './describe-plan.js';
import type { Options } from './estimate.js';
import { galleryOf } from './gallery-of.js';

/** All that a result is written from. */
export interface Written {
  readonly loaded: LoadedModel;
  readonly preparation: Preparation;
  readonly tally: Tally;
  readonly directions: Directions;
  readonly options: Options;
}

/** Writes nads.npz, nads.json, gallery.png and spectrum.svg into a folder: all of them or none. */
export function writeResult(out: string, written: Written): void {
  const all = everyChannel(written);
  writeTogether([
    [join(out, 'nads.npz'), encodeNpz(arrays(written, all))],
    [join(out, 'nads.json'), `${JSON.stringify(summary(written, all), null, 2)}\n`],
    [join(out, 'gallery.png'), encodePng(picture(written))],
    [join(out, 'spectrum.svg'), chart(written)],
  ]);
}

/** Directions of whole images: where channels are exchangeable, each direction once in every channel. */
interface Whole {
  readonly nads: Float32Array;
  readonly copies: number;
  readonly pixels: number;
}

function everyChannel({ preparation, directions }: Written): Whole {
  const { image, plan } = preparation;
  const area = image.height * image.width;
  const pixels = image.channels * area;
  const copies = plan.probedChannels < image.channels ? image.channels : 1;
  if (copies === 1) return { nads: directions.nads, copies, pixels };
  const nads = new Float32Array(directions.nads.length * copies);
  for (let i = 0; i < directions.eigenvalues.length; i++)
    for (let channel = 0; channel < copies; channel++)
      nads.set(
        directions.nads.subarray(i * pixels, i * pixels + area),
        (i * copies + channel) * pixels + channel * area,
      );
  return { nads, copies, pixels };
}

const repeated = (values: Float64Array, copies: number): Float64Array =>
  Float64Array.from({ length: values.length * copies }, (_, i) => values[Math.floor(i / copies)]);

function arrays(
  { preparation, directions }: Written,
  { nads, copies, pixels }: Whole,
): Record<string, NdArray> {
  const { image, plan } = preparation;
  const float64 = (data: Float64Array): NdArray => ({
    dtype: 'float64',
    shape: [data.length],
    data,
  });
  const float32 = (data: Float32Array, shape: number[]): NdArray => ({
    dtype: 'float32',
    shape,
    data,
  });
  const dims = [image.channels, image.height, image.width];
  const [first] = plan.points;
  return {
    nads: float32(nads, [nads.length / pixels, pixels]),
    eigenvalues: float64(repeated(directions.eigenvalues, copies)),
    standard_errors: float64(repeated(directions.standardErrors, copies)),
    point:
      plan.points.length === 1
        ? float32(first, dims)
        : float32(joined(plan.points), [plan.points.length, ...dims]),
    ...(copies > 1 && {
      channel_nads: float32(oneChannel(directions.nads, pixels, pixels / copies), [
        directions.eigenvalues.length,
        pixels / copies,
      ]),
    }),
  };
}

function joined(points: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(points.length * points[0].length);
  points.forEach((point, i) => all.set(point, i * point.length));
  return all;
}

/** The first channel of each image. */
function oneChannel(nads: Float32Array, pixels: number, area: number): Float32Array {
  const count = nads.length / pixels;
  const channel = new Float32Array(count * area);
  for (let i = 0; i < count; i++)
    channel.set(nads.subarray(i * pixels, i * pixels + area), i * area);
  return channel;
}

function summary(
  { loaded, preparation, tally, directions, options }: Written,
  { copies, pixels }: Whole,
) {
  const { plan, image, symmetries } = preparation;
  const { model } = loaded;
  const stability = (of: 'halfSplitOverlap' | 'predictedOverlap') =>
    Object.fromEntries(directions.stability.map(s => [s.top * copies, s[of]]));
  return {
    model: {
      file: loaded.file,
      sha256: loaded.sha256,
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
      symmetry: options.symmetry ?? 'auto',
      basis: plan.basis,
      points: plan.points.length,
      batch: plan.batch,
      tails: plan.tail?.count ?? 1,
      until: options.until ?? (options.networks ? null : 0.95),
      top: options.top,
    },
    image: {
      channels: image.channels,
      height: image.height,
      width: image.width,
      layout: image.layout,
    },
    directions: {
      saved: directions.eigenvalues.length * copies,
      dimension: pixels,
      probed: preparation.directions,
    },
    channels: { probed: plan.probedChannels, exchangeable: copies > 1 },
    head: describeHead(preparation),
    symmetry: {
      order: orderOf(plan.group),
      group: plan.group,
      note: preparation.symmetryNote ?? null,
      derived: symmetries,
      types: directions.types.slice(0, 100),
    },
    stability: {
      half_split_overlap: stability('halfSplitOverlap'),
      predicted_overlap: stability('predictedOverlap'),
    },
    noise_floor: directions.noiseFloor
      ? { ...directions.noiseFloor, index: directions.noiseFloor.index * copies }
      : null,
    runtime: nodeRuntime.name,
  };
}

function picture({ preparation, directions }: Written) {
  const { image, plan } = preparation;
  const channels = plan.probedChannels < image.channels ? 1 : image.channels;
  return galleryOf(directions, image, channels);
}

function chart({ loaded, tally, directions }: Written): string {
  return spectrum({
    eigenvalues: directions.eigenvalues,
    standardErrors: directions.standardErrors,
    noiseFloor: directions.noiseFloor,
    title: `Eigenvalues of ${loaded.file}, ${tally.networks} networks`,
  });
}
