import type { Dims } from '@nads/dataset';
import {
  above,
  beside,
  channelsImage,
  divergingImage,
  enlarge,
  pad,
  pictureImage,
  textImage,
  type RasterImage,
} from '@nads/report';

/** An image before and after a change. */
export interface ShownChange {
  readonly name: string;
  readonly before: Float32Array;
  readonly after: Float32Array;
}

/** Side of a pixel in a picture of 32 pixels. */
const usualWidth = 128;

/** For each image a column: clean, changed, and the difference scaled to its own largest. */
export function changePicture(
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
