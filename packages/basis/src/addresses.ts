import { OptionError } from '@nads/linalg';
import { direction, type Basis } from './basis.js';
import type { Places } from './places.js';

/** A direction as a user names it. */
export interface Address {
  /** Its number in the basis; of a place outside the basis, y·K + x on the grid of K×K. */
  readonly index: number;
  /** On a grid. */
  readonly place?: readonly [x: number, y: number];
  /** Whether the place names a direction of the grid outside the basis. */
  readonly isOffBasis?: boolean;
}

/** What numbers and places choose from. */
export type Addressed = Pick<Basis, 'name' | 'size' | 'places'>;

/**
 * The directions that a list names: numbers '0,64', ranges '0-9', ranges with a step '0-960:64', places 'x:y', rectangles of
 * places '0:0-15:15'; each once, in their order.
 * @param option what the list was given as
 * @throws OptionError where one is not in the basis, or a range is the wrong way round
 */
export function addresses(list: string, basis: Addressed, option: string): Address[] {
  const found = list.split(',').flatMap(part => parsePart(part.trim(), basis, option));
  const isOff = found.map(({ isOffBasis }) => isOffBasis === true);
  if (isOff.includes(true) && isOff.includes(false))
    throw new OptionError(
      option,
      `'${list}' mixes numbers of ${basis.name} with places on the grid, which are other directions; use one kind`,
    );
  const unique = new Map(found.map(one => [one.index, one]));
  return [...unique.values()];
}

/** The numbers that such a list names, where only numbers make sense. */
export const indices = (list: string, size: number, option: string): number[] =>
  addresses(list, { name: 'the list', size }, option).map(({ index }) => index);

/** All directions in their order, with their places where they have some. */
export const allAddresses = (basis: Addressed): Address[] =>
  Array.from({ length: basis.size }, (_, index) => numbered(index, basis));

/** The directions that a list names; without a list all places of a grid outside the basis, else all directions. */
export const chosenAddresses = (
  list: string | undefined,
  basis: Addressed,
  option: string,
): Address[] =>
  list === undefined ? (allPlaces(basis) ?? allAddresses(basis)) : addresses(list, basis, option);

/** All places of a grid; undefined where a basis has none of its own. */
export function allPlaces({ places }: Addressed): Address[] | undefined {
  if (!places || places.indexOf) return undefined;
  const [columns, rows] = places.size;
  return rectangle([0, 0], [columns - 1, rows - 1]).map(place => placed(place, places));
}

/** An address as lists name it: its place where it has one, else its number. */
export const formatAddress = ({ index, place }: Address): string =>
  place ? place.join(':') : `${index}`;

/** The one direction that a list names. @throws OptionError where it names several, or none of the basis */
export function oneAddress(list: string, basis: Addressed, option: string): Address {
  const [address, ...more] = addresses(list, basis, option);
  if (more.length === 0) return address;
  throw new OptionError(option, `'${list}' names ${more.length + 1} directions; give one`);
}

/** The direction that an address names, in the basis's own shape. */
export const directionAt = (basis: Basis, { index, place, isOffBasis }: Address): Float64Array =>
  isOffBasis ? basis.places!.direction(...place!) : direction(basis, index);

function parsePart(part: string, basis: Addressed, option: string): Address[] {
  const numbers = /^(\d+)-(\d+)(?::(\d+))?$/.exec(part);
  if (numbers) return range(part, numbers.slice(1), option).map(i => checked(i, basis, option));
  if (/^\d+$/.test(part)) return [checked(Number(part), basis, option)];
  const grid = /^(\d+):(\d+)(?:-(\d+):(\d+))?$/.exec(part);
  if (grid) return placesOf(part, grid.slice(1), basis, option);
  throw new OptionError(
    option,
    `'${part}' is not a number, a range (0-9, 0-960:64), a place (9:7) or a rectangle of places (0:0-15:15)`,
  );
}

function range(part: string, [first, last, by]: (string | undefined)[], option: string): number[] {
  const [from, to, step] = [Number(first), Number(last), Number(by ?? 1)];
  if (step < 1) throw new OptionError(option, `'${part}' has a step of 0`);
  if (to < from) throw new OptionError(option, `'${part}' ends before it begins`);
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
}

function checked(index: number, basis: Addressed, option: string): Address {
  if (index < basis.size) return numbered(index, basis);
  throw new OptionError(
    option,
    `${index} is out of range for ${basis.name}, 0 to ${basis.size - 1}`,
  );
}

const numbered = (index: number, { places }: Addressed): Address => ({
  index,
  ...(places?.placeOf && { place: places.placeOf(index) }),
});

function placesOf(
  part: string,
  ends: readonly (string | undefined)[],
  { name, places }: Addressed,
  option: string,
): Address[] {
  if (!places) throw new OptionError(option, `'${part}' is a place x:y, but ${name} has no grid`);
  const [x, y, right = x!, down = y!] = ends.map(end =>
    end === undefined ? undefined : Number(end),
  );
  const [columns, rows] = places.size;
  if (right >= columns || down >= rows || x! >= columns || y! >= rows)
    throw new OptionError(
      option,
      `${part} is not on the grid of ${name}; places go from 0:0 to ${columns - 1}:${rows - 1}`,
    );
  if (right < x! || down < y!) throw new OptionError(option, `'${part}' ends before it begins`);
  return rectangle([x!, y!], [right, down]).map(place => placed(place, places));
}

const rectangle = (
  [left, top]: readonly [number, number],
  [right, bottom]: readonly [number, number],
): [number, number][] =>
  Array.from({ length: bottom - top + 1 }, (_, j) =>
    Array.from({ length: right - left + 1 }, (_, i): [number, number] => [left + i, top + j]),
  ).flat();

function placed(place: readonly [number, number], { size, indexOf }: Places): Address {
  const [x, y] = place;
  if (indexOf) return { index: indexOf(x, y), place };
  return { index: y * size[0] + x, place, isOffBasis: true };
}
