import { fit } from './fit.js';
import { formatDims, type Dims, type Image } from './image.js';
import type { NdArray } from './nd-array.js';
import type { Preprocessing } from './preprocessing.js';
import { withChannels } from './with-channels.js';

/**
 * The batch of images that a model takes, [n, C, H, W] or [n, H, W, C] as the layout says. Values are
 * computed in float64 and rounded once.
 * @param nameOf what messages call an image
 * @throws if images come out in different sizes, a float lies outside [0, 1] though a range is wanted,
 *   or mean and std do not go with the channels; messages start with the image's name
 */
export function preprocess(
  images: readonly Image[],
  preprocessing: Preprocessing,
  nameOf: (index: number) => string = index => `image ${index}`,
): NdArray<'float32'> {
  const fitted = images.map((image, i) => prepared(image, preprocessing, nameOf(i)));
  const dims = fitted[0]?.dims ?? [0, 0, 0];
  fitted.forEach((image, i) => {
    if (formatDims(image.dims) !== formatDims(dims))
      throw new Error(
        `${nameOf(i)}: ${formatDims(image.dims)}, but ${nameOf(0)} is ${formatDims(dims)};` +
          ' give a size and a number of channels to bring them to',
      );
  });
  const size = dims[0] * dims[1] * dims[2];
  const data = new Float32Array(fitted.length * size);
  fitted.forEach((image, i) =>
    normalise(image, preprocessing, data.subarray(i * size, (i + 1) * size)),
  );
  return { dtype: 'float32', shape: [fitted.length, ...inLayout(dims, preprocessing)], data };
}

const inLayout = ([c, h, w]: Dims, { layout }: Preprocessing): Dims =>
  layout === 'NCHW' ? [c, h, w] : [h, w, c];

/** Channels and size as wanted, values still as stored. */
function prepared(image: Image, preprocessing: Preprocessing, name: string): Image {
  requireRange(image, preprocessing, name);
  try {
    const converted = fit(withChannels(image, preprocessing.channels), preprocessing);
    requireChannels(converted.dims[0], preprocessing);
    return converted;
  } catch (cause) {
    throw new Error(`${name}: ${(cause as Error).message}`, { cause });
  }
}

function requireRange({ data, mayExceed }: Image, { range }: Preprocessing, name: string): void {
  if (data instanceof Uint8Array || range === 'stored' || mayExceed) return;
  const wrong = data.find(value => !(value >= 0 && value <= 1));
  if (wrong !== undefined)
    throw new Error(
      `${name}: contains ${wrong}, but floating-point images are expected to lie from 0 to 1;` +
        ' for images on another scale choose `range` stored',
    );
}

function requireChannels(channels: number, { mean, std, order }: Preprocessing): void {
  const wrong = [mean, std].find(({ length }) => length !== 1 && length !== channels);
  if (wrong)
    throw new Error(`${channels} channels, but mean or std [${wrong}]; give one for each channel`);
  if (order === 'BGR' && channels !== 3)
    throw new Error(`${channels} channels have no order BGR; leave it out`);
}

function normalise({ dims, data }: Image, preprocessing: Preprocessing, out: Float32Array): void {
  const { range, mean, std, order, layout } = preprocessing;
  const [channels, height, width] = dims;
  const plane = height * width;
  const [low, high] = range === 'stored' ? [0, 1] : range;
  const white = data instanceof Uint8Array && range !== 'stored' ? 255 : 1;
  for (let c = 0; c < channels; c++) {
    const from = plane * (order === 'BGR' ? channels - 1 - c : c);
    const [shift, scale] = [low - (mean[c] ?? mean[0]), std[c] ?? std[0]];
    const [to, step] = layout === 'NCHW' ? [c * plane, 1] : [c, channels];
    for (let i = 0; i < plane; i++)
      out[to + i * step] = ((data[from + i] / white) * (high - low) + shift) / scale;
  }
}
