import { join } from 'node:path';
import { encodeNpz, type Dims, type NdArray } from '@nads/dataset';
import {
  above,
  beside,
  channelsImage,
  divergingImage,
  encodePng,
  enlarge,
  pad,
  pictureImage,
  textImage,
  type RasterImage,
} from '@nads/report';

/** A changed set: its images, and for a few of them how they were before. */
export interface ChangedSet {
  readonly dims: Dims;
  readonly images: Float32Array;
  readonly labels?: Int32Array;
  readonly shown: readonly ShownChange[];
}

/** An image before and after a change. */
export interface ShownChange {
  readonly name: string;
  readonly before: Float32Array;
  readonly after: Float32Array;
}

/** Side of a pixel in a picture of 32 pixels. */
const usualWidth = 128;

/** `NAME.npz` with images and labels, and `NAME.png` with a few of them before, after, and their difference. */
export function setFiles(
  folder: string,
  name: string,
  { dims, images, labels, shown }: ChangedSet,
): (readonly [string, Uint8Array])[] {
  const pixels = dims[0] * dims[1] * dims[2];
  const count = images.length / pixels;
  const arrays: Record<string, NdArray> = {
    images: { dtype: 'float32', shape: [count, ...dims], data: images },
    // black and white: values beyond are meant so
    range: { dtype: 'float32', shape: [2], data: Float32Array.of(0, 1) },
    ...(labels && { labels: { dtype: 'int32', shape: [count], data: labels } }),
  };
  return [
    [join(folder, `${name}.npz`), encodeNpz(arrays)],
    [join(folder, `${name}.png`), encodePng(changePicture(shown, dims))],
  ];
}

/** For each image a column: clean, changed, and the difference scaled to its own largest. */
function changePicture(
  shown: readonly ShownChange[],
  [channels, height, width]: Dims,
): RasterImage {
  const scale = Math.max(1, Math.round(usualWidth / width));
  const area = height * width;
  // of other than one or three channels the first is drawn
  const visible = (values: Float32Array): Float32Array =>
    channels === 3 ? values : values.subarray(0, area);
  const picture = (values: Float32Array): RasterImage =>
    enlarge(pictureImage(visible(values), height, width), scale);
  const columns = shown.map(({ name, before, after }) => {
    const difference = visible(after.map((value, i) => value - before[i]));
    const draw = channels === 3 ? channelsImage : divergingImage;
    const drawn = enlarge(draw(difference, height, width), scale);
    return above([picture(before), picture(after), drawn, textImage(name.slice(0, 14), 1)], 6);
  });
  const titles = textImage('clean, changed, and the difference, scaled to its largest', 1);
  return pad(above([titles, beside(columns, 8)], 8), { top: 10, right: 10, bottom: 10, left: 10 });
}
