import type { Dims, Image } from './image.js';
import type { LabelledImages } from './labelled-images.js';
import type { NdArray } from './nd-array.js';
import type { Layout } from '@nads/basis';

/** What goes with an array of images. */
export interface ArrayOptions {
  /** Order of the axes of a rank-4 array; if not given, the axis of 1 or 3 channels decides. */
  readonly layout?: Layout;
  /** [n] or [n, 1], non-negative integers. */
  readonly labels?: NdArray;
  readonly classNames?: readonly string[];
  /** Whether 0 is black and 1 is white in floats although some lie beyond. */
  readonly mayExceed?: boolean;
  /** What messages call the labels. */
  readonly labelsFile?: string;
}

/**
 * The images in an array: [n, H, W] in grey, [n, C, H, W] or [n, H, W, C]. Bytes and floating-point
 * numbers are not copied; other whole numbers become bytes.
 * @throws if the array is of another rank, holds other than finite numbers or whole numbers over 255,
 *   or the labels do not fit; messages start with `file`
 */
export function imagesOfArray(
  array: NdArray,
  file: string,
  { layout, labels, classNames, mayExceed, labelsFile = `${file}, labels` }: ArrayOptions = {},
): LabelledImages {
  const order = array.shape.length === 3 ? 'NCHW' : (layout ?? layoutOf(array.shape, file));
  const dims = dimsOf(array.shape, order, file);
  const count = array.shape[0];
  const values = pixelsOf(array, file);
  const size = dims[0] * dims[1] * dims[2];
  const classes = labels && labelsOf(labels, count, labelsFile);
  const unnamed = classes?.findIndex(label => label >= (classNames?.length ?? Infinity)) ?? -1;
  if (unnamed >= 0)
    throw new Error(
      `${labelsFile}: image ${unnamed} has the label ${classes![unnamed]}, expected 0 to ${classNames!.length - 1}`,
    );
  return {
    count,
    dims,
    labels: classes,
    classNames,
    image: index => {
      const stored = values.subarray(index * size, (index + 1) * size);
      const image = order === 'NCHW' ? { dims, data: stored } : channelsFirst(stored, dims);
      return mayExceed ? { ...image, mayExceed } : image;
    },
    nameOf: index => `${file}, image ${index}`,
  };
}

const isChannels = (size: number): boolean => size === 1 || size === 3;

function layoutOf(shape: readonly number[], file: string): Layout {
  if (shape.length !== 4 || isChannels(shape[1])) return 'NCHW';
  if (isChannels(shape[3])) return 'NHWC';
  throw new Error(
    `${file}: shape (${shape.join(', ')}) has no axis of 1 or 3 channels;` +
      ' say with `layout` whether it is NCHW or NHWC',
  );
}

function dimsOf(shape: readonly number[], layout: Layout, file: string): Dims {
  const [count, a, b, c] = shape.length === 3 ? [shape[0], 1, shape[1], shape[2]] : shape;
  if (shape.length < 3 || shape.length > 4)
    throw new Error(
      `${file}: shape (${shape.join(', ')}) is not a shape of images; expected [n, H, W], [n, C, H, W] or [n, H, W, C]`,
    );
  if (count === 0 || a === 0 || b === 0 || c === 0)
    throw new Error(`${file}: shape (${shape.join(', ')}) has no images`);
  return layout === 'NCHW' ? [a, b, c] : [c, a, b];
}

function pixelsOf({ dtype, data }: NdArray, file: string): Image['data'] {
  if (dtype === 'float32' || dtype === 'float64') {
    const floats = data instanceof Float32Array ? data : Float32Array.from(data as Float64Array);
    const wrong = floats.findIndex(value => !Number.isFinite(value));
    if (wrong < 0) return floats;
    throw new Error(`${file}: value ${wrong} is ${floats[wrong]}; images must be finite numbers`);
  }
  if (data instanceof Uint8Array && dtype === 'uint8') return data;
  const wrong = (data as Int32Array).findIndex(value => !(value >= 0 && value <= 255));
  if (wrong >= 0)
    throw new Error(
      `${file}: value ${wrong} is ${data[wrong]}; integers must be from 0 to 255; save other values as floats`,
    );
  return Uint8Array.from(data as ArrayLike<number | bigint>, Number);
}

function labelsOf({ dtype, shape, data }: NdArray, count: number, file: string): Int32Array {
  const isColumn = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  if (!isColumn || shape[0] !== count)
    throw new Error(
      `${file}: shape (${shape.join(', ')}), expected (${count}), one class number for each image` +
        (shape.length === 2 && shape[0] === count ? '; for one-hot rows save argmax(axis=1)' : ''),
    );
  const labels = Array.from(data as ArrayLike<number | bigint>, Number);
  const wrong = labels.findIndex(
    label => !(Number.isInteger(label) && label >= 0 && label < 2 ** 20),
  );
  if (wrong >= 0 || dtype === 'bool')
    throw new Error(
      `${file}: ${dtype === 'bool' ? 'booleans' : `label ${wrong} is ${labels[wrong]}`}; labels must be non-negative integers`,
    );
  return Int32Array.from(labels);
}

function channelsFirst(stored: Image['data'], dims: Dims): Image {
  const [channels, height, width] = dims;
  const data =
    stored instanceof Uint8Array ? new Uint8Array(stored.length) : new Float32Array(stored.length);
  const plane = height * width;
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < plane; i++) data[c * plane + i] = stored[i * channels + c];
  return { dims, data };
}
