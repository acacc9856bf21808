/** What indices choose from. */
export interface Indexed {
  readonly count: number;
  /** Side of a grid that they form. */
  readonly side?: number;
}

/** The usual option with a list of them. */
const usual = '--indices';

/**
 * The directions that a list names: indices '0,64', ranges '0-9', ranges with a step '0-960:64' or places 'x:y' of a grid; all if
 * there is none. @throws where one is not in the basis.
 */
export function chosenIndices(
  list: string | undefined,
  { count, side }: Indexed,
  option = usual,
): number[] {
  if (list === undefined) return Array.from({ length: count }, (_, i) => i);
  const found = list.split(',').flatMap(part => indicesOf(part.trim(), side, option));
  const outside = found.find(index => index >= count);
  if (outside !== undefined)
    throw new Error(`${option}: ${outside} is not in the basis; indices go from 0 to ${count - 1}`);
  return [...new Set(found)];
}

function indicesOf(part: string, side: number | undefined, option: string): number[] {
  const range = /^(\d+)-(\d+)(?::(\d+))?$/.exec(part);
  if (range) {
    const [from, to, step] = [Number(range[1]), Number(range[2]), Number(range[3] ?? 1)];
    if (step < 1) throw new Error(`${option}: '${part}' has a step of 0`);
    const length = Math.floor((to - from) / step) + 1;
    return Array.from({ length: Math.max(0, length) }, (_, i) => from + i * step);
  }
  const place = /^(\d+):(\d+)$/.exec(part);
  if (place) return [placeIndex(part, [Number(place[1]), Number(place[2])], side, option)];
  if (/^\d+$/.test(part)) return [Number(part)];
  throw new Error(`${option}: '${part}' is no index, range (0-9, 0-960:64) or place (9:7)`);
}

function placeIndex(
  part: string,
  [x, y]: readonly [number, number],
  side: number | undefined,
  option: string,
): number {
  if (side === undefined)
    throw new Error(`${option}: '${part}' is a place on a grid, and this basis has none`);
  if (x >= side || y >= side)
    throw new Error(`${option}: ${part} is not on the grid; places go to ${side - 1}:${side - 1}`);
  return y * side + x;
}
