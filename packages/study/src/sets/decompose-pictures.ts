import { chart, paletteColour, type Series } from '@nads/report';
import { basisTitle, fileName } from '../file-name.js';
import type { Picture } from '../picture.js';

/** How images lie along directions, as it is drawn. */
export interface PicturedDecomposition {
  /** What the images and the directions are called. */
  readonly data: string;
  readonly basis: string;
  /** What the classes are called; none without labels. */
  readonly classNames: readonly string[];
  /** By direction. */
  readonly energy: ArrayLike<number>;
  readonly variance: ArrayLike<number>;
  readonly fisher: ArrayLike<number>;
  /** By direction, of each class. */
  readonly classEnergies: readonly ArrayLike<number>[];
}

/** Energy along directions, and where there are classes how far these are apart. */
export const decomposePictures = (found: PicturedDecomposition): Picture[] => [
  {
    name: 'energy',
    draw: () => energyChart(found),
    caption: 'Energy and variance of the images along the directions',
  },
  ...(found.classNames.length > 1
    ? [
        {
          name: 'separability',
          draw: () => separabilityChart(found),
          caption: 'How well the classes are told apart along the directions',
        },
      ]
    : []),
];

const indicesOf = (values: ArrayLike<number>): number[] => Array.from(values, (_, i) => i);

const index = { title: 'index of the direction', scale: 'symlog', whole: true } as const;

const subject = ({ data, basis }: PicturedDecomposition): string =>
  `${fileName(data)} along ${basisTitle(basis)}`;

function energyChart(found: PicturedDecomposition): string {
  const { energy, variance, classEnergies, classNames } = found;
  const x = indicesOf(energy);
  const line = (label: string | undefined, y: ArrayLike<number>, colour: string): Series => ({
    label,
    x,
    y,
    colour,
    points: false,
  });
  const each = `each class (${classNames.length})`;
  return chart({
    title: `Energy of ${subject(found)}`,
    x: index,
    y: { title: 'mean squared coefficient of an image', scale: 'log' },
    series: [
      ...classEnergies.map((own, label) => line(label === 0 ? each : undefined, own, '#bbbbbb')),
      line('all images', energy, paletteColour(0)),
      { ...line('variance', variance, paletteColour(1)), dashed: true },
    ],
  });
}

const separabilityChart = (found: PicturedDecomposition): string =>
  chart({
    title: `Separation of the classes of ${subject(found)}`,
    x: index,
    y: { title: "Fisher's ratio (between / within classes)", scale: 'log' },
    series: [{ x: indicesOf(found.fisher), y: found.fisher, points: false }],
  });
