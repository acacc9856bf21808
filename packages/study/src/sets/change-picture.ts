import type { ImageShape } from '@nads/basis';
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

/**
 * For each image a column: clean, changed, and the difference scaled to its own largest; so is an image outside the range
 * of pictures.
 */
export function changePicture(
  shown: readonly ShownChange[],
  { channels, height, width }: ImageShape,
): RasterImage {
  const scale = Math.max(1, Math.round(usualWidth / width));
  const area = height * width;
  // of other than one or three channels the first is drawn
  const visible = (values: Float32Array): Float32Array =>
    channels === 3 ? values : values.subarray(0, area);
  const about = (values: Float32Array, zero: (index: number) => number): RasterImage => {
    const draw = channels === 3 ? channelsImage : divergingImage;
    const changes = visible(values.map((value, i) => value - zero(i)));
    return enlarge(draw(changes, height, width), scale);
  };
  const picture = (values: Float32Array): RasterImage => {
    if (isPicture(values)) return enlarge(pictureImage(visible(values), height, width), scale);
    const mean = values.reduce((sum, value) => sum + value / values.length, 0);
    return about(values, () => mean);
  };
  const columns = shown.map(({ name, before, after }) => {
    const difference = about(after, i => before[i]);
    return above([picture(before), picture(after), difference, textImage(name.slice(0, 14), 1)], 6);
  });
  const areScaled = shown.some(({ after }) => !isPicture(after));
  const titles = textImage(
    `clean, changed${areScaled ? ', about its mean' : ''}, and the difference, scaled to its largest`,
    1,
  );
  return pad(above([titles, beside(columns, 8)], 8), { top: 10, right: 10, bottom: 10, left: 10 });
}

/** Whether nearly all of it lies from black to white. */
function isPicture(values: Float32Array): boolean {
  const beyond = values.filter(value => value < 0 || value > 1).length;
  return beyond <= 0.1 * values.length;
}
