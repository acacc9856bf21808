import type { Image } from './image.js';
import type { Preprocessing } from './preprocessing.js';
import { resize, type Side } from './resize.js';

/** The image brought to a preprocessing's size, stretched or cut. */
export function fit(
  image: Image,
  { size, crop, resize: resampling }: Pick<Preprocessing, 'size' | 'crop' | 'resize'>,
): Image {
  const [, height, width] = image.dims;
  if (!size) return image;
  const [newHeight, newWidth] = crop === undefined ? size : covering([height, width], size, crop);
  if (newHeight === height && newWidth === width && size[0] === height && size[1] === width)
    return image;
  return resize(image, middle(newHeight, size[0]), middle(newWidth, size[1]), resampling);
}

/**
 * The sides in proportion of which the shorter one just covers size ÷ crop: for crop 0.875 and size 224
 * torchvision's Resize(256).
 */
function covering(
  [height, width]: readonly [number, number],
  size: readonly [number, number],
  crop: number,
): readonly [number, number] {
  const [tall, wide] = size.map(side => Math.floor(side / crop + 1e-6));
  return height * wide <= width * tall
    ? [tall, Math.max(wide, Math.trunc((tall * width) / height))]
    : [Math.max(tall, Math.trunc((wide * height) / width)), wide];
}

/** As torchvision's CenterCrop, which rounds half a pixel to the even one. */
function middle(size: number, count: number): Side {
  const half = (size - count) / 2;
  const first = half % 2 === 0.5 ? Math.floor(half) : Math.round(half);
  return { size, first, count };
}
