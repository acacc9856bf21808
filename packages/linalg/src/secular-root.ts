const mostIterations = 100;

/** f(λ) = 1 + Σ w_j / (d_j − λ), with poles d ascending and distinct and weights w positive. */
export interface SecularFunction {
  readonly poles: Float64Array;
  readonly weights: Float64Array;
}

/** The two parts of the sum at one place, and their slopes. */
interface Parts {
  below: number;
  belowSlope: number;
  above: number;
  aboveSlope: number;
}

/** Where the root is sought: at `origin + offset`, between `origin + from` and `origin + to`. */
interface Search {
  readonly lowerPole: number;
  readonly upperPole: number;
  /** −1 if the root lies between the two poles, 1 if it lies above both. */
  readonly side: -1 | 1;
  origin: number;
  from: number;
  to: number;
  offset: number;
}

/**
 * Root number i of f: the one between d_i and d_{i+1}, or above the last pole.
 * It is sought as a distance from the nearer pole, so that all distances are relatively accurate.
 * @param distances receives d_j − λ for every j.
 */
export function secularRoot(f: SecularFunction, i: number, distances: Float64Array): number {
  const { poles } = f;
  const search = i === poles.length - 1 ? searchAbove(f) : searchBetween(f, i);
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    const parts = evaluate(f, search);
    const value = 1 + parts.below + parts.above;
    if (isRounding(value, parts, poles.length)) break;
    narrow(search, value);
    if (iteration === 0) moveToNearerPole(search);
    search.offset = nextOffset(search, value, parts);
    if (search.offset === search.from || search.offset === search.to) break;
  }
  const { origin, offset } = search;
  for (let j = 0; j < poles.length; j++) distances[j] = poles[j] - origin - offset;
  return origin + offset;
}

function searchBetween({ poles }: SecularFunction, i: number): Search {
  const gap = poles[i + 1] - poles[i];
  const [lowerPole, upperPole, origin] = [poles[i], poles[i + 1], poles[i]];
  return { lowerPole, upperPole, side: -1, origin, from: 0, to: gap, offset: gap / 2 };
}

/** The last root is at most Σ w above the last pole. */
function searchAbove({ poles, weights }: SecularFunction): Search {
  const last = poles.length - 1;
  const upperPole = poles[last];
  const to = weights.reduce((sum, w) => sum + w, 0) * (1 + 4 * Number.EPSILON);
  const offset = last === 0 ? weights[0] : to / 2;
  return {
    lowerPole: poles[Math.max(0, last - 1)],
    upperPole,
    side: 1,
    origin: upperPole,
    from: 0,
    to,
    offset,
  };
}

/** Sums the poles up to the search's lower one and those from its upper one on. */
function evaluate({ poles, weights }: SecularFunction, search: Search): Parts {
  const { origin, offset, upperPole } = search;
  const n = poles.length;
  let below = 0;
  let belowSlope = 0;
  let j = 0;
  for (; j < n && poles[j] < upperPole; j++) {
    const inverse = 1 / (poles[j] - origin - offset);
    const term = weights[j] * inverse;
    below += term;
    belowSlope += term * inverse;
  }
  let above = 0;
  let aboveSlope = 0;
  for (; j < n; j++) {
    const inverse = 1 / (poles[j] - origin - offset);
    const term = weights[j] * inverse;
    above += term;
    aboveSlope += term * inverse;
  }
  return { below, belowSlope, above, aboveSlope };
}

/** Whether f cannot be told from zero (Gu & Eisenstat 1995, §3.1). */
const isRounding = (value: number, { below, above }: Parts, n: number) =>
  Math.abs(value) <= Number.EPSILON * n * (1 + Math.abs(below) + Math.abs(above));

function narrow(search: Search, value: number): void {
  if (value < 0) search.from = search.offset;
  else search.to = search.offset;
}

/** After the first look at the middle of the gap: a root in its upper half is measured from the upper pole. */
function moveToNearerPole(search: Search): void {
  if (search.side === 1 || search.from === 0) return;
  const gap = search.upperPole - search.origin;
  search.origin = search.upperPole;
  search.from -= gap;
  search.to = 0;
  search.offset -= gap;
}

/**
 * Root of the function with only the two poles next to the root that has the value of f here, the slope of
 * f's lower part and the slope of its upper part (Bunch, Nielsen & Sorensen 1978); else the middle.
 */
function nextOffset(search: Search, value: number, { belowSlope, aboveSlope }: Parts): number {
  const { lowerPole, upperPole, side, origin, from, to, offset } = search;
  const toLower = lowerPole - origin - offset;
  const toUpper = upperPole - origin - offset;
  const a = (toLower + toUpper) * value - toLower * toUpper * (belowSlope + aboveSlope);
  const b = toLower * toUpper * value;
  const c = value - toLower * belowSlope - toUpper * aboveSlope;
  const root = side * Math.sqrt(Math.max(0, a * a - 4 * b * c));
  const next = offset + (side * a >= 0 ? (a + root) / (2 * c) : (2 * b) / (a - root));
  return next > from && next < to ? next : (from + to) / 2;
}
