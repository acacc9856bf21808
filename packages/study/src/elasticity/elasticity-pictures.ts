import {
  above,
  beside,
  colourBar,
  framed,
  heatMap,
  imageSheet,
  lineSheet,
  pad,
  paragraph,
  type Sheet,
} from '@nads/report';
import { fileName } from '../file-name.js';
import type { Picture } from '../picture.js';
import type { ElasticitySummary } from './elasticity-summary.js';

/** Similarities of a network, [n × n] each, images class by class. */
export interface PicturedSimilarities {
  readonly kernel: ArrayLike<number>;
  readonly relative: ArrayLike<number>;
}

/** About how wide a map is drawn, in CSS pixels. */
const usualWidth = 320;
const margin = 8;

/** Both similarities of all pairs of images, ordered by class. */
export const elasticityPictures = (
  summary: ElasticitySummary,
  found: PicturedSimilarities,
): Picture[] => [
  {
    name: 'similarities',
    draw: () => sheet(summary, found),
    caption: 'Similarities of all pairs of images, class by class',
  },
];

function sheet(summary: ElasticitySummary, { kernel, relative }: PicturedSimilarities): Sheet {
  const { model, settings, classes } = summary;
  const maps = beside(
    [map('S_ker', kernel, classes), map('S_rel to first order', finite(relative), classes)],
    2 * margin,
  );
  const title = `Local elasticity of ${fileName(model.file)}, ${settings.loss} loss, ${settings.images} images`;
  const note =
    'Row i: a step of training at image i; column j: its effect on image j. Each in its own scale up to its 99th percentile.';
  return framed(
    above(
      [paragraph(title, maps.width, { bold: true }), maps, paragraph(note, maps.width)],
      margin,
    ),
    margin,
  );
}

/** A map with the names of classes beside their rows. */
function map(
  name: string,
  values: ArrayLike<number>,
  classes: ElasticitySummary['classes'],
): Sheet {
  const n = Math.round(Math.sqrt(values.length));
  const side = Math.max(1, Math.round((2 * usualWidth) / n)) / 2;
  const signed = Array.from(values).some(x => x < 0);
  const image = imageSheet(heatMap({ values, height: n, width: n, signed }), side);
  const bar = colourBar(
    signed ? { signed, low: 'away', high: 'alike' } : { signed, low: 'no effect', high: 'alike' },
  );
  return above([lineSheet(name), beside([names(classes, side), image], 4), bar], 4);
}

function names(classes: ElasticitySummary['classes'], side: number): Sheet {
  return above(
    classes.map(({ name, images }) => {
      const height = images * side;
      const line = lineSheet(name);
      // a class of few rows goes without a name
      return line.height > height
        ? pad(lineSheet(''), { bottom: height - line.height })
        : pad(line, { bottom: height - line.height });
    }),
  );
}

/** Rows where the loss is flat are not drawn. */
const finite = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(values, x => (Number.isFinite(x) ? x : 0));
