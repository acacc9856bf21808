import {
  above,
  beside,
  chart,
  divergingImage,
  framed,
  grid,
  imageSheet,
  lineSheet,
  paragraph,
  type Sheet,
} from '@nads/report';
import type { Picture } from '../picture.js';
import type { DynamicMeasure, Measures, StaticMeasure } from './measures.js';

/** Spectra and learnt kernel shapes of static measures, and those of dynamic ones over an image, as far as there are any. */
export const measuresPictures = ({
  fixed,
  dynamic,
}: Pick<Measures, 'fixed' | 'dynamic'>): Picture[] => [
  ...(fixed.length > 0
    ? [
        {
          name: 'spectrum',
          draw: () => spectra(fixed),
          caption: 'Singular values of measures that are the same everywhere',
        },
        {
          name: 'kernel-shapes',
          draw: () => shapes(fixed),
          caption: 'Measures and learnt kernel shapes',
        },
      ]
    : []),
  ...(dynamic.length > 0
    ? [
        {
          name: 'measures-over-image',
          draw: () => maps(dynamic),
          caption: 'Measures that depend on the image, at each pixel',
        },
      ]
    : []),
];

const spectra = (fixed: readonly StaticMeasure[]): string =>
  chart({
    title: 'Singular values of the learnt measures',
    x: { title: 'number, largest first', whole: true },
    y: { title: 'singular value' },
    rules: [{ axis: 'y', at: 1, label: 'inner product' }],
    series: fixed.map(({ title, spectrum }) => ({
      label: title,
      x: spectrum.map((_, i) => i + 1),
      y: spectrum,
    })),
  });

/** Width of a drawn matrix or kernel, and of the texts, in CSS pixels. */
const [side, textWidth, gap] = [90, 400, 8];

const shapes = (fixed: readonly StaticMeasure[]): Sheet =>
  framed(
    above(
      [
        paragraph('Learnt measures less that of the inner product', textWidth, { bold: true }),
        grid(fixed.map(shape), 4, 2 * gap),
        paragraph(
          'Left: the diagonal over the places of the kernel. Right: the matrix, rows by places of the weight, columns by places of the patch. Red above, blue below, white the same; each in its own scale.',
          textWidth,
        ),
      ],
      gap,
    ),
    gap,
  );

function shape({ title, kind, kernel, values }: StaticMeasure): Sheet {
  const places = kernel ** 2;
  const change = values.map((value, i) =>
    kind === 'diagonal' || i % (places + 1) === 0 ? value - 1 : value,
  );
  const diagonal = kind === 'diagonal' ? change : change.filter((_, i) => i % (places + 1) === 0);
  const images = [imageSheet(divergingImage(diagonal, kernel, kernel), side / kernel)];
  if (kind === 'unconstrained')
    images.push(imageSheet(divergingImage(change, places, places), side / places));
  return above([lineSheet(title), beside(images, gap), range(change)], 2);
}

const maps = (dynamic: readonly DynamicMeasure[]): Sheet =>
  framed(
    above(
      [
        paragraph('Learnt measures over the image, less that of the inner product', textWidth, {
          bold: true,
        }),
        ...dynamic.map(layerMaps),
        paragraph(
          'A map for each place of the kernel, arranged as these are: d − 1 for each pixel. Red above, blue below; layers each in their own scale.',
          textWidth,
        ),
      ],
      gap,
    ),
    gap,
  );

/** Maps of all places in one image, as the places are arranged. */
function layerMaps({ title, kernel, height, width, diagonals }: DynamicMeasure): Sheet {
  const [rows, columns] = [kernel * height, kernel * width];
  const change = Float32Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    const place = Math.floor(row / height) * kernel + Math.floor(column / width);
    const pixel = (row % height) * width + (column % width);
    return diagonals[place * height * width + pixel] - 1;
  });
  const drawn = imageSheet(divergingImage(change, rows, columns), Math.max(1, 250 / columns));
  return above([lineSheet(title), drawn, range(change)], 2);
}

const range = (values: ArrayLike<number>): Sheet => {
  const all = Array.from(values);
  const [least, most] = [
    all.reduce((a, b) => Math.min(a, b)),
    all.reduce((a, b) => Math.max(a, b)),
  ];
  return lineSheet(`${least.toPrecision(3)} to ${most.toPrecision(3)}`, { faint: true });
};
