import { formatDims } from './image.js';
import type { Preprocessing } from './preprocessing.js';

/** A preprocessing in one line: `range [0,1], mean 0.491 0.482 0.447, std 0.247 0.243 0.262, NCHW, no resize`. */
export function describePreprocessing(preprocessing: Preprocessing): string {
  const { channels, range, mean, std, order, layout } = preprocessing;
  return [
    range === 'stored' ? 'values as stored' : `range [${range.map(brief)}]`,
    `mean ${mean.map(brief).join(' ')}`,
    `std ${std.map(brief).join(' ')}`,
    layout,
    ...(order === 'BGR' ? ['BGR'] : []),
    ...(channels ? [channels === 1 ? 'in grey' : 'in colour'] : []),
    resizing(preprocessing),
  ].join(', ');
}

function resizing({ size, crop, resize }: Preprocessing): string {
  if (!size) return 'no resize';
  const how = crop === undefined ? '' : `, middle ${brief(crop)} cut out`;
  return `size ${formatDims(size)} (${resize}${how})`;
}

/** Six digits are more than anyone measures. */
const brief = (value: number): string => String(Number(value.toPrecision(6)));
