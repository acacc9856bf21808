import { basisTitle } from '../../file-name.js';
import { decodeDecomposition } from '../../sets/decomposition-codec.js';
import { firstRows } from '../first-rows.js';
import type { ReadPart } from '../reported-part.js';
import { shown } from '../shown.js';

/** Rows of the table of directions. */
const most = 50;

/** Images along the directions of a basis. */
export const reportedDecomposition: ReadPart = async saved => {
  const [table, json] = [
    await saved.text('decomposition.csv'),
    await saved.text('decomposition.json'),
  ];
  const found = decodeDecomposition(table, json, saved.store.name);
  const { data, basis, images, energy, share, variance, fisher } = found;
  return {
    title: `${data} along ${basis}`,
    facts: [
      ['images', `${images} of ${data}`],
      ['basis', basis],
      ['directions', String(energy.length)],
    ],
    curves: [
      {
        name: `energy-along-${basis}`,
        title: `Energy along ${basisTitle(basis)}`,
        x: { title: 'index of the direction', scale: 'symlog', whole: true },
        y: { title: 'mean squared coefficient of an image', scale: 'log' },
        series: { x: Array.from(energy, (_, i) => i), y: energy, points: false },
      },
    ],
    tables: [
      firstRows(
        {
          caption: 'Directions',
          head: ['index', 'energy', 'share', 'variance', 'Fisher ratio of the classes'],
          rows: Array.from(energy, (value, k) => [
            String(k),
            ...[value, share[k], variance[k], fisher[k]].map(number => shown(number)),
          ]),
        },
        most,
        'decomposition.csv',
      ),
    ],
  };
};
