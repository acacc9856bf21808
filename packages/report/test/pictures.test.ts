import {
  arcDiagram,
  besideCharts,
  chart,
  colourBar,
  dendrogram,
  forestPlot,
  gallery,
  partBars,
  pointMap,
  sheetSvg,
  spectrum,
} from '../src/index.js';
import { expectPicture } from './expect-picture.js';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const decay = upTo(200).map(i => Math.exp(-i / 20));

/** A picture of each kind, of numbers that are the same everywhere. */
const pictures: Readonly<Record<string, () => string>> = {
  spectrum: () =>
    spectrum({
      title:
        'Eigenvalues of a network whose name is so long that the title has to go on in a second line of it',
      eigenvalues: decay,
      standardErrors: decay.map(value => value / 5),
      noiseFloor: { upper: 0.01, lower: 0.001, index: 93 },
      indexScale: 'symlog',
    }),
  'spectrum-linear': () =>
    spectrum({ eigenvalues: decay, standardErrors: decay.map(() => NaN), scale: 'linear' }),
  lines: () =>
    chart({
      title: 'Lines, gaps, bands and errors',
      x: { title: 'epoch', whole: true },
      y: { title: 'accuracy, %', domain: [0, 102] },
      rules: [
        { axis: 'y', at: 10, label: 'chance' },
        { axis: 'x', at: 3, to: 4, label: 'a range' },
      ],
      series: [
        { label: 'with errors', x: upTo(6), y: [10, 40, 55, NaN, 80, 82], errors: upTo(6) },
        {
          label: 'with a band',
          x: upTo(6),
          y: [20, 30, 40, 50, 60, 70],
          band: { low: [10, 20, 30, 40, 50, 60], high: [25, 35, 45, 55, 65, 75] },
        },
        { label: 'dashed', x: upTo(6), y: [5, 5, 6, 6, 7, 120], dashed: true, points: false },
        { label: 'dots alone', x: upTo(6), y: [90, 80, 70, 60, 50, 40], line: false },
      ],
    }),
  logarithmic: () =>
    chart({
      x: { title: 'k', scale: 'log' },
      y: { title: 'share', scale: 'log' },
      series: [{ x: [1, 10, 100, 1000], y: [1e-7, 1e-5, 1e-4, 3e-2], errors: [1e-7, 0, 0, 1e-3] }],
    }),
  empty: () => chart({ title: 'Nothing', series: [] }),
  'beside-each-other': () =>
    besideCharts([
      chart({ series: [{ x: [0, 1], y: [0, 1] }], width: 300, height: 200 }),
      chart({ series: [{ x: [0, 1], y: [1, 0] }], width: 300, height: 260 }),
    ]),
  bars: () =>
    partBars({
      title: 'Channels that are left',
      bars: [
        { label: 'conv1.weight and 3 more', whole: 64, part: 40 },
        { label: 'conv2.weight', whole: 32, part: 0 },
        { label: 'conv3.weight', whole: 16, part: 16 },
      ],
      names: ['left', 'removed'],
      unit: 'channels',
    }),
  arcs: () =>
    arcDiagram({
      title: 'A cell',
      nodes: ['input', '1', '2', 'output'],
      arcs: [
        { from: 0, to: 1, label: 'conv_3x3' },
        { from: 0, to: 3, label: 'skip' },
        { from: 1, to: 2, label: 'avg_pool' },
        { from: 2, to: 3, label: 'conv_1x1' },
      ],
    }),
  forest: () =>
    forestPlot({
      title: 'Changes with their errors',
      x: { title: 'change' },
      reference: { at: 0, label: 'no change' },
      rows: [
        { group: 'pooling', label: 'max → average', value: 0.3, error: 0.05 },
        { group: 'pooling', label: 'max → none', value: -0.1, error: 0.2, strong: false },
        { group: 'depth', label: '2 → 4', value: 0.5, error: NaN },
      ],
    }),
  dendrogram: () =>
    dendrogram({
      title: 'A tree',
      x: 'distance',
      labels: ['first', 'second', 'a third'],
      kinds: [0, 1, 0],
      tree: {
        height: 2,
        branches: [{ leaf: 1 }, { height: 1, branches: [{ leaf: 0 }, { leaf: 2 }] }],
      },
    }),
  map: () =>
    pointMap({
      title: 'A map',
      kinds: ['towns', 'lakes'],
      note: 'Near each other: alike.',
      points: [
        { label: 'here', x: 0, y: 0, kind: 0 },
        { label: 'beside it', x: 0.02, y: 0, kind: 1 },
        { label: 'no room for this', x: 0.01, y: 0.005, kind: 1 },
        { label: 'far away', x: 1, y: 0.5, kind: 0 },
      ],
    }),
  'colour-bar': () => sheetSvg(colourBar({ signed: true, low: '−1', high: '1', title: 'weight' })),
  gallery: () =>
    sheetSvg(
      gallery({
        title: 'Waves',
        width: 8,
        height: 8,
        directions: upTo(5).map(k => upTo(64).map(i => Math.round(100 * Math.cos(k * i)))),
        energies: upTo(5).map(k => upTo(64).map(i => (i === k ? 1 : 0))),
        values: [5, 4, 3, 2, 1e-4],
        legend: 'Numbers: index, value.',
      }),
    ),
};

test.each(Object.entries(pictures))('the picture of %s is what it was', (name, draw) =>
  expectPicture(name, draw()),
);
