import { formatShape, pixelsOf, type Address, type Basis, type ImageShape } from '@nads/basis';
import { encodeNpz, separableImages } from '@nads/dataset';
import { OptionError, Random } from '@nads/linalg';
import type { Watched } from '@nads/runtime';
import { directionAlong, shapeAlong } from '../along.js';
import { turn } from '../turn.js';

/** Settings of images of two classes that one direction separates. */
export interface SynthSettings {
  /** Standard deviation of the noise across the direction; 3 if not given. */
  readonly sigma?: number;
  /** Distance of the classes along the direction; 1 if not given. */
  readonly epsilon?: number;
  /** Images; 10,000 if not given. */
  readonly count?: number;
  /** Of the noise. */
  readonly seed?: number;
  /** Of the images; as many as the basis's directions have if not given. */
  readonly channels?: number;
}

/** Images of two classes that one direction separates, and no other. */
export interface SyntheticSet {
  readonly shape: ImageShape;
  /** [n × C·H·W] */
  readonly images: Float32Array;
  /** 0 for the class on the direction's positive side, 1 for the other: [n]. */
  readonly labels: Int32Array;
  /** Of norm 1: [C·H·W]. */
  readonly direction: Float64Array;
}

/** Images that the event loop waits for. */
const imagesAtOnce = 64;

/** Numbers in an array of 2 GiB. */
const mostNumbers = 2 ** 29;

/**
 * Images x = (ε/2)·y·v + w, y = ±1 in turns, w ~ N(0, σ²(I − vvᵀ)) along a direction v of a basis (Ortiz-Jiménez et al. 2020,
 * D(v)).
 * @throws OptionError where `channels` does not fit the basis, or the images do not fit into memory
 */
export async function synth(
  basis: Basis,
  address: Address,
  settings: SynthSettings,
  { onProgress, signal }: Watched = {},
): Promise<SyntheticSet> {
  const { sigma = 3, epsilon = 1, count = 10_000, seed = 0, channels } = settings;
  const shape = shapeAlong(basis, channels);
  requireMemory(count, shape);
  const direction = directionAlong(basis, address, shape);
  const dims = [shape.channels, shape.height, shape.width] as const;
  const set = separableImages({ dims, direction, sigma, epsilon, count }, new Random(seed));
  const pixels = pixelsOf(shape);
  const images = new Float32Array(count * pixels);
  for (let i = 0; i < count; i++) {
    images.set(set.image(i).data, i * pixels);
    if ((i + 1) % imagesAtOnce > 0) continue;
    onProgress?.({ unit: 'images', done: i + 1, total: count });
    await turn();
    signal?.throwIfAborted();
  }
  return { shape, images, labels: Int32Array.from(set.labels!), direction };
}

/** A synthetic set as a .npz archive: images [n, C, H, W] float32, labels [n] int32, direction [C, H, W] float64, range [0, 1], since values lie on both sides of 0. */
export function encodeSyntheticSet({ shape, images, labels, direction }: SyntheticSet): Uint8Array {
  const dims = [shape.channels, shape.height, shape.width];
  return encodeNpz({
    images: { dtype: 'float32', shape: [labels.length, ...dims], data: images },
    labels: { dtype: 'int32', shape: [labels.length], data: labels },
    direction: { dtype: 'float64', shape: dims, data: direction },
    range: { dtype: 'float32', shape: [2], data: Float32Array.of(0, 1) },
  });
}

/** @throws OptionError where so many images are more than one array holds */
function requireMemory(count: number, shape: ImageShape): void {
  const most = Math.floor(mostNumbers / pixelsOf(shape));
  if (count > most)
    throw new OptionError(
      'count',
      `${count} images of ${formatShape(shape)} are more than 2 GiB; give at most ${most}`,
    );
}
