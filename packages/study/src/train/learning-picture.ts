import { besideCharts, chart, type Series } from '@nads/report';
import type { Picture } from '../picture.js';
import type { EpochRecord } from './history-codec.js';

/** Of each of the two charts. */
const [width, height] = [480, 340];

/** How a training went: cross-entropy and accuracy over the epochs from 0 on. */
export const learningPicture = (history: readonly EpochRecord[], title: string): Picture => ({
  name: 'learning',
  caption: 'Loss and accuracy over the epochs',
  draw: () => besideCharts([lossChart(history, title), accuracyChart(history)], width, height),
});

const epochs = { title: 'epoch', whole: true };

const epochsOf = (history: readonly EpochRecord[]): number[] => history.map(({ epoch }) => epoch);

function lossChart(history: readonly EpochRecord[], title: string): string {
  const y = history.map(({ loss }) => loss);
  return chart({
    title: `Training of ${title}`,
    width,
    height,
    x: epochs,
    y: { title: 'training cross-entropy, nats', scale: spansDecades(y) ? 'log' : 'linear' },
    series: [{ x: epochsOf(history), y }],
  });
}

/** Whether a logarithmic axis shows more. */
function spansDecades(values: readonly number[]): boolean {
  const positive = values.filter(value => value > 0);
  return positive.length === values.length && Math.max(...values) > 10 * Math.min(...values);
}

function accuracyChart(history: readonly EpochRecord[]): string {
  const x = epochsOf(history);
  const tested = history.map(({ testAccuracy = NaN }) => testAccuracy);
  const test: Series = { label: 'test', x, y: tested };
  return chart({
    title: 'Accuracy',
    width,
    height,
    x: epochs,
    y: { title: 'correct, %', domain: [0, 100] },
    series: [
      { label: 'training', x, y: history.map(({ trainAccuracy }) => trainAccuracy) },
      ...(tested.some(Number.isFinite) ? [test] : []),
    ],
  });
}
