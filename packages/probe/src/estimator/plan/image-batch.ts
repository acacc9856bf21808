import { pixelsOf, type Layout } from '@nads/basis';
import {
  batchDims,
  freeBatch,
  imageInput,
  type FreeBatch,
  type ImageInput,
  type Model,
} from '@nads/onnx';
import { OptionError } from '@nads/linalg';

/** The images that a model takes, and how many of them at a time. */
export interface ImageBatch {
  readonly image: ImageInput;
  /** The model with a free batch axis, or why it has none. */
  readonly batch: FreeBatch;
  /** Images that shapes are inferred for: 2, or as many as the file says where its batch is not free. */
  readonly images: number;
  /** Dims of so many images by the name of their input. */
  readonly dims: Readonly<Record<string, readonly number[]>>;
}

/** The images of a model, its batch axis free where that can be. @throws where it is not an image model. */
export function imageBatch(
  model: Model,
  options: { layout?: Layout; size?: readonly [number, number] },
): ImageBatch {
  const image = imageInput(model, options);
  requireImageSize(image);
  const batch = freeBatch(model, image);
  const images = batch.obstacle === undefined ? 2 : (image.batch ?? 1);
  return { image, batch, images, dims: { [image.name]: batchDims(image, images) } };
}

/** Values of an image, all channels together: four images of 2048×2048 in colour would be as many. */
const largestImage = 3 * 2 ** 24;

/** @throws before anything is drawn or listed for images that no study has memory for */
function requireImageSize(image: ImageInput): void {
  const { channels, height, width } = image;
  if (pixelsOf(image) > largestImage)
    throw new OptionError(
      'size',
      `an image of ${channels}×${height}×${width} has more than ${largestImage} values; give a smaller one`,
    );
}
