import type { Basis } from '@nads/basis';
import type { CarrierPlace } from '@nads/dataset';
import { csv, readCsv, type Row } from '../csv.js';
import { channelsOf, classNamesOf, type PixelSet } from './pixel-set.js';

/** What carriers are chosen from. */
export interface CarrierChoice {
  /** Of classes. */
  readonly names: readonly string[];
  /** How many directions there are. */
  readonly directions: number;
  /** Channels in which each direction is used separately; 1 for directions of whole images. */
  readonly channels: number;
}

/** What the classes of a set can be carried by. */
export const carrierChoice = (set: PixelSet, basis: Basis): CarrierChoice => ({
  names: classNamesOf(set),
  directions: basis.size,
  channels: channelsOf(set, basis),
});

const needed = ['label', 'direction', 'channel', 'coefficient'];

/** What carries each class, a line each: carriers.csv. */
export const encodeCarriers = (places: readonly CarrierPlace[], names: readonly string[]): string =>
  csv(
    ['label', 'class', ...needed.slice(1)],
    places.map(({ direction, channel, coefficient }, label) => [
      label,
      names[label],
      direction,
      channel,
      coefficient,
    ]),
  );

/**
 * What carries each class, from a table like that of `encodeCarriers`, in any order.
 * @throws where a class has no line or two, or a line names what there is not; messages start with `file`.
 */
export function decodeCarriers(
  contents: string,
  { names, directions, channels }: CarrierChoice,
  file: string,
): CarrierPlace[] {
  const places: (CarrierPlace | undefined)[] = names.map(() => undefined);
  for (const row of readCsv(contents, needed, file)) {
    const where = `${file}, line ${row.line}`;
    const label = wholeNumber(row, 'label', names.length, where);
    if (places[label]) throw new Error(`${where}: duplicate label ${label}`);
    places[label] = {
      direction: wholeNumber(row, 'direction', directions, where),
      channel: wholeNumber(row, 'channel', channels, where),
      coefficient: finiteNumber(row, 'coefficient', where),
    };
  }
  const missing = places.indexOf(undefined);
  if (missing >= 0) throw new Error(`${file}: label ${missing} ('${names[missing]}') is missing`);
  return places as CarrierPlace[];
}

function wholeNumber(row: Row, column: string, count: number, where: string): number {
  const text = row.cell(column);
  const value = Number(text);
  if (/^\d+$/.test(text) && value < count) return value;
  throw new Error(`${where}: ${column} '${text}' is not an integer from 0 to ${count - 1}`);
}

function finiteNumber(row: Row, column: string, where: string): number {
  const text = row.cell(column);
  const value = Number(text || NaN);
  if (Number.isFinite(value)) return value;
  throw new Error(`${where}: ${column} '${text}' is not a number`);
}
