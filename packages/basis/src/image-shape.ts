/** Shape of one image. Vectors of pixels are row-major [channels, height, width] throughout. */
export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Order of the axes of a batch of images. */
export type Layout = 'NCHW' | 'NHWC';

/** Pixels of an image, all channels. */
export const pixelsOf = ({ channels, height, width }: ImageShape): number =>
  channels * height * width;

/** '3×32×32'. */
export const formatShape = ({ channels, height, width }: ImageShape): string =>
  `${channels}×${height}×${width}`;

/** Position of each pixel of [C, H, W] in an image in the model's layout. */
export function pixelPositions(shape: ImageShape, layout: Layout): Uint32Array {
  const { channels, height, width } = shape;
  const area = height * width;
  const position = (j: number): number =>
    layout === 'NCHW' ? j : (j % area) * channels + Math.floor(j / area);
  return Uint32Array.from({ length: pixelsOf(shape) }, (_, j) => position(j));
}

/** Dims of a batch of n images in the model's layout. */
export function batchOf(
  n: number,
  { channels, height, width }: ImageShape,
  layout: Layout,
): number[] {
  return layout === 'NCHW' ? [n, channels, height, width] : [n, height, width, channels];
}
