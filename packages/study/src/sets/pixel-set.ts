import {
  batches,
  classCount,
  className,
  formatDims,
  makePreprocessing,
  type Dims,
  type LabelledImages,
} from '@nads/dataset';
import { Progress } from '../messages/progress.js';
import { describeData, openData } from './open-data.js';

/** How a set is opened. */
export interface PixelSetOptions {
  readonly data: string;
  readonly size?: readonly [number, number];
  readonly layout?: 'NCHW' | 'NHWC';
  /** Numbers as they are, instead of from 0, black, to 1. */
  readonly range?: 'stored';
  readonly quiet?: boolean;
}

/** A set of pictures as numbers from 0, black, to 1. */
export interface PixelSet {
  readonly set: LabelledImages;
  readonly dims: Dims;
  /** What pixels are measured by. */
  readonly unit: string;
  /** In one line. */
  readonly description: string;
  /** Batches of images [n × C·H·W] in the order of the set, with progress. */
  readonly parts: () => Generator<PixelPart>;
}

/** Some images of a set. */
export interface PixelPart {
  readonly first: number;
  readonly count: number;
  readonly images: Float32Array;
  readonly labels?: Int32Array;
}

const imagesAtOnce = 256;

/** @throws one line that names the option, the file or the image. */
export function openPixels(options: PixelSetOptions): PixelSet {
  const set = openData(options.data, options);
  const preprocessing = makePreprocessing({ size: options.size, range: options.range });
  const [{ images }] = batches(set, preprocessing, 1);
  const [, channels, height, width] = images.shape;
  const dims = [channels, height, width] as const;
  return {
    set,
    dims,
    unit: options.range === 'stored' ? 'numbers as stored' : 'black 0 and white 1',
    description: `${options.data}: ${describeData(set)}${set.dims ? '' : `, as ${formatDims(dims)}`}`,
    *parts() {
      const progress = new Progress('images', options.quiet);
      for (const { first, images: some, labels } of batches(set, preprocessing, imagesAtOnce)) {
        const count = some.shape[0];
        yield { first, count, images: some.data, labels };
        progress.update(first + count, set.count);
      }
      progress.end();
    },
  };
}

/** The labels of a set and how many classes it has. @throws where it has none */
export function labelsOf(
  set: LabelledImages,
  spec: string,
): { readonly labels: Int32Array; readonly classes: number; readonly names: string[] } {
  if (!set.labels) throw new Error(`${spec}: has no labels, which this needs`);
  const classes = classCount(set);
  const names = Array.from({ length: classes }, (_, label) => className(set, label));
  return { labels: set.labels, classes, names };
}
