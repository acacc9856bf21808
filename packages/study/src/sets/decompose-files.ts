import { chart, type Series } from '@nads/report';
import { csv } from '../csv.js';
import type { NamedFile } from '../store.js';
import type { Decomposed } from './decompose.js';

/** decomposition.csv, energy.svg, and separability.svg where there are classes. */
export function decomposeFiles(found: Decomposed): NamedFile[] {
  const files: NamedFile[] = [
    ['decomposition.csv', table(found)],
    ['energy.svg', energyChart(found)],
  ];
  if (found.classNames.length > 1) files.push(['separability.svg', separabilityChart(found)]);
  return files;
}

function table({ energy, share, variance, fisher, classes, classNames }: Decomposed): string {
  const perClass = classes.map(
    (_, label) => `energy_${classNames[label].replaceAll(/[",\s]+/g, '_')}`,
  );
  const head = ['index', 'energy', 'share', 'variance', 'fisher', ...perClass];
  const rows = Array.from(energy, (value, k) => {
    const ofClasses = classes.map(one => one.energy[k]);
    return [k, value, share[k], variance[k], fisher[k], ...ofClasses];
  });
  return csv(head, rows);
}

const indicesOf = (values: ArrayLike<number>): number[] => Array.from(values, (_, i) => i);

function energyChart({ energy, variance, classes, classNames, basis }: Decomposed): string {
  const x = indicesOf(energy);
  const faint = classes.map((one, label): Series => ({
    label: label === 0 ? `each class (${classNames.length})` : undefined,
    x,
    y: one.energy,
    colour: '#bbbbbb',
    points: false,
  }));
  return chart({
    title: `Energy along ${basis}`,
    x: { title: 'index of the direction' },
    y: { title: 'energy of an image', scale: 'log' },
    series: [
      ...faint,
      { label: 'energy', x, y: energy, points: false },
      { label: 'variance', x, y: variance, points: false },
    ],
  });
}

const separabilityChart = ({ fisher, basis }: Decomposed): string =>
  chart({
    title: `Separation of classes along ${basis}`,
    x: { title: 'index of the direction' },
    y: { title: "Fisher's ratio", scale: 'log' },
    series: [{ x: indicesOf(fisher), y: fisher, points: false }],
  });
