import type { Layout } from '@nads/basis';
import {
  batchDims,
  freeBatch,
  imageInput,
  type FreeBatch,
  type ImageInput,
  type Model,
} from '@nads/onnx';

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
  const batch = freeBatch(model, image);
  const images = batch.obstacle === undefined ? 2 : (image.batch ?? 1);
  return { image, batch, images, dims: { [image.name]: batchDims(image, images) } };
}
