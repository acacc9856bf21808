import { formatShape, type Basis, type ImageShape } from '@nads/basis';
import {
  batches,
  classCount,
  className,
  makePreprocessing,
  type LabelledImages,
} from '@nads/dataset';
import { OptionError } from '@nads/linalg';
import type { Watched } from '@nads/runtime';
import { turn } from '../turn.js';

/** How pictures become numbers. */
export interface PixelSettings {
  /** Height and width that images are brought to; as they are if not given. */
  readonly size?: readonly [height: number, width: number];
  /** Numbers as they are, instead of from 0, black, to 1, white. */
  readonly range?: 'stored';
}

/** A set of pictures as numbers from 0, black, to 1, white. */
export interface PixelSet {
  /** For messages. */
  readonly name: string;
  readonly images: LabelledImages;
  /** Of every image. */
  readonly shape: ImageShape;
  /** What pixels are measured in, in words. */
  readonly unit: string;
  /** Batches of images in the order of the set. @throws one line that names the image that cannot be read */
  readonly parts: (watched?: Watched) => AsyncGenerator<PixelPart>;
}

/** Some images of a set. */
export interface PixelPart {
  readonly first: number;
  readonly count: number;
  /** [count × C·H·W] */
  readonly images: Float32Array;
  readonly labels?: Int32Array;
}

const imagesAtOnce = 256;

/** Images made ready to be changed or measured. @throws one line that names the image. */
export function pixelSet(
  name: string,
  images: LabelledImages,
  { size, range }: PixelSettings = {},
): PixelSet {
  const preprocessing = makePreprocessing({ size, range });
  const [first] = batches(images, preprocessing, 1);
  const [, channels, height, width] = first.images.shape;
  return {
    name,
    images,
    shape: { channels, height, width },
    unit: range === 'stored' ? 'numbers as stored' : 'black 0 and white 1',
    async *parts({ onProgress, signal } = {}) {
      for (const batch of batches(images, preprocessing, imagesAtOnce)) {
        const count = batch.images.shape[0];
        yield { first: batch.first, count, images: batch.images.data, labels: batch.labels };
        onProgress?.({ unit: 'images', done: batch.first + count, total: images.count });
        await turn();
        signal?.throwIfAborted();
      }
    },
  };
}

/** What the classes of a set are called; none without labels. */
export const classNamesOf = ({ images }: PixelSet): string[] =>
  Array.from({ length: classCount(images) }, (_, label) => className(images, label));

/** Makes sure that directions are of a set's images, or of one channel of them. @throws OptionError where they are not */
export function requireBasis({ name, shape }: PixelSet, basis: Basis): void {
  const { channels, height, width } = basis.shape;
  const fits = height === shape.height && width === shape.width;
  if (fits && (channels === 1 || channels === shape.channels)) return;
  throw new OptionError(
    'basis',
    `${basis.name} has directions of ${formatShape(basis.shape)}, ${name} has images of ${formatShape(shape)}`,
  );
}

/** Channels in which each direction is used separately; 1 for directions of whole images. */
export const channelsOf = ({ shape }: PixelSet, basis: Basis): number =>
  shape.channels / basis.shape.channels;
