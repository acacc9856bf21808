import type { ImageShape } from '@nads/basis';
import type { Matrix } from '@nads/linalg';
import {
  above,
  atLeast,
  beside,
  directionImage,
  framed,
  hinted,
  imageSheet,
  lineSheet,
  paragraph,
  type PageFigure,
  type Sheet,
} from '@nads/report';
import type { NadsResult } from '../estimate/nads-codec.js';
import { svgOf } from '../picture.js';

/** NADs that are shown of each result. */
const shown = 10;
/** About how wide each is drawn, in CSS pixels. */
const usualWidth = 48;
const [gap, margin] = [4, 8];

/** The first NADs of results, a row for each result; undefined where the size of no image is known. */
export function galleriesFigure(results: readonly NadsResult[]): PageFigure | undefined {
  const rows = results.flatMap(rowOf);
  if (rows.length === 0) return undefined;
  const [name, caption] = ['galleries', 'The first NADs of all results, each in its own scale'];
  const body = above(rows, gap);
  const title = paragraph(caption, body.width, { bold: true });
  return {
    name,
    caption,
    svg: svgOf({ name, draw: () => framed(above([title, body], gap), margin) }),
  };
}

function rowOf({ name, rows, channelRows, summary }: NadsResult): Sheet[] {
  if (!summary) return [];
  const image = channelRows ? { ...summary.image, channels: 1 } : summary.image;
  const drawn = directions(channelRows ?? rows).map((one, i) =>
    pictureOf(one, image, `${name}: NAD ${i}`),
  );
  return [above([lineSheet(name), beside(drawn, gap)], 1)];
}

const directions = ({ rows, columns, data }: Matrix): Float64Array[] =>
  Array.from({ length: Math.min(shown, rows) }, (_, i) =>
    data.subarray(i * columns, (i + 1) * columns),
  );

function pictureOf(direction: Float64Array, image: ImageShape, text: string): Sheet {
  const side = Math.max(1, Math.round((2 * usualWidth) / image.width)) / 2;
  const picture = imageSheet(directionImage(direction, image), side);
  const { width, height } = picture;
  return atLeast(hinted(picture, [{ text, x: 0, y: 0, width, height }]), usualWidth);
}
