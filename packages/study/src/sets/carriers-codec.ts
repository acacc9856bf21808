import type { CarrierPlace } from '@nads/dataset';
import { csv, readCsv, type Row } from '../files/csv.js';

/** What carriers are chosen from. */
export interface CarrierChoice {
  /** Of classes. */
  readonly names: readonly string[];
  /** How many directions there are. */
  readonly directions: number;
  /** Channels that a direction stands in by itself; 1 for directions of whole images. */
  readonly channels: number;
}

/** What tells each class, a line each. */
export const carrierTable = (places: readonly CarrierPlace[], names: readonly string[]): string =>
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

const needed = ['label', 'direction', 'channel', 'coefficient'];

/**
 * What tells each class, from a table like that of `carrierTable`, in any order.
 * @throws where a class has no line or two, or a line names what there is not; messages start with `file`.
 */
export function readCarriers(
  contents: string,
  { names, directions, channels }: CarrierChoice,
  file: string,
): CarrierPlace[] {
  const places: (CarrierPlace | undefined)[] = names.map(() => undefined);
  for (const row of readCsv(contents, needed, file)) {
    const label = wholeNumber(row, 'label', names.length, file);
    if (places[label])
      throw new Error(`${file}, line ${row.line}: label ${label} has a line before`);
    const coefficient = Number(row.cell('coefficient') || NaN);
    if (!Number.isFinite(coefficient))
      throw new Error(
        `${file}, line ${row.line}: coefficient '${row.cell('coefficient')}' is no number`,
      );
    const direction = wholeNumber(row, 'direction', directions, file);
    places[label] = {
      direction,
      channel: wholeNumber(row, 'channel', channels, file),
      coefficient,
    };
  }
  const missing = places.indexOf(undefined);
  if (missing >= 0)
    throw new Error(`${file}: has no line for label ${missing} ('${names[missing]}')`);
  return places as CarrierPlace[];
}

function wholeNumber(row: Row, column: string, count: number, file: string): number {
  const text = row.cell(column);
  const value = Number(text);
  if (/^\d+$/.test(text) && value < count) return value;
  throw new Error(`${file}, line ${row.line}: ${column} '${text}' is none of 0 to ${count - 1}`);
}
