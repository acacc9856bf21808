import type { Layout } from '@nads/basis';
/** How values between pixels are found: `bilinear` averages what it makes smaller, as PIL does. */
export type Resampling = 'bilinear' | 'nearest';

/** Preprocessing of an image, in the order of these fields. */
export interface Preprocessing {
  /** 1: colour becomes grey; 3: grey becomes colour; undefined: as the image is. */
  readonly channels?: 1 | 3;
  /** Height and width that images are brought to; undefined: as they are. */
  readonly size?: readonly [height: number, width: number];
  readonly resize: Resampling;
  /**
   * The share of each side that the middle takes which is cut out: images keep their proportions, are
   * resized to cover size ÷ crop, and cut to size. Undefined: they are stretched to size.
   */
  readonly crop?: number;
  /**
   * What black and white become: [0, 1] divides bytes by 255. Floats are taken to be from 0 to 1.
   * 'stored' leaves every value as it is.
   */
  readonly range: readonly [black: number, white: number] | 'stored';
  /** Subtracted from what `range` gives: one number, or one for each channel in the model's order. */
  readonly mean: readonly number[];
  /** Divided by after that; positive. */
  readonly std: readonly number[];
  /** Order of the channels that the model takes. */
  readonly order: 'RGB' | 'BGR';
  readonly layout: Layout;
}

/** Bytes divided by 255, and nothing else. */
export const plainPreprocessing: Preprocessing = {
  resize: 'bilinear',
  range: [0, 1],
  mean: [0],
  std: [1],
  order: 'RGB',
  layout: 'NCHW',
};

/**
 * The preprocessing with these fields, the others plain.
 * @throws if they contradict each other; messages start with `where`
 */
export function makePreprocessing(
  fields: Partial<Preprocessing>,
  where = 'preprocessing',
): Preprocessing {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const made: Preprocessing = { ...plainPreprocessing, ...Object.fromEntries(given) };
  const problem = contradiction(made);
  if (problem) throw new Error(`${where}: ${problem}`);
  return made;
}

function contradiction({
  channels,
  size,
  crop,
  range,
  mean,
  std,
  order,
}: Preprocessing): string | undefined {
  if (crop !== undefined && !size) return `crop ${crop} needs a size; give one`;
  const counts = [mean.length, std.length].filter(count => count !== 1);
  if (new Set([...counts, ...(channels && counts.length > 0 ? [channels] : [])]).size > 1)
    return `mean [${mean}] and std [${std}] are of different lengths${channels ? ` or not for ${channels} channels` : ''}; give one number, or one for each channel`;
  if (order === 'BGR' && channels === 1)
    return 'order BGR makes no sense for grey images; leave it out';
  const [low, high] = range === 'stored' ? [-Infinity, Infinity] : range.toSorted((a, b) => a - b);
  const outside = mean.find(value => value < low || value > high);
  if (outside !== undefined)
    return `mean ${outside} lies outside the range [${low}, ${high}]; give the mean of the values after scaling, or another range`;
  return undefined;
}
