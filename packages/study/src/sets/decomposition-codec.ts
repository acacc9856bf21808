import * as z from 'zod/mini';
import { csv, readCsv } from '../csv.js';
import { parseJson } from '../parse-json.js';
import type { NamedFile } from '../store.js';
import type { Decomposed } from './decompose.js';
import type { PicturedDecomposition } from './decompose-pictures.js';

/** What decomposition.json holds: of what the columns of decomposition.csv are. */
export const decompositionSchema = z.looseObject({
  format: z.literal('decomposition'),
  version: z.int(),
  data: z.string(),
  basis: z.string(),
  images: z.int(),
  /** What the classes are called, in the order of their columns; none without labels. */
  classes: z.array(z.string()),
});

const known = ['index', 'energy', 'share', 'variance', 'fisher'];

/** decomposition.csv and decomposition.json. */
export const encodeDecomposition = (found: Decomposed): NamedFile[] => [
  ['decomposition.csv', table(found)],
  ['decomposition.json', `${JSON.stringify(summary(found), null, 2)}\n`],
];

const summary = ({
  data,
  basis,
  images,
  classNames,
}: Decomposed): z.infer<typeof decompositionSchema> => ({
  format: 'decomposition',
  version: 1,
  data,
  basis,
  images,
  classes: [...classNames],
});

function table({ energy, share, variance, fisher, classes, classNames }: Decomposed): string {
  const head = [...known, ...classes.map((_, label) => columnOf(classNames[label]))];
  const rows = Array.from(energy, (value, k) => {
    const ofClasses = classes.map(one => one.energy[k]);
    return [k, value, share[k], variance[k], fisher[k], ...ofClasses];
  });
  return csv(head, rows);
}

const columnOf = (className: string): string => `energy_${className.replaceAll(/[",\s]+/g, '_')}`;

/** A decomposition that was saved. */
export interface SavedDecomposition extends PicturedDecomposition {
  /** How many. */
  readonly images: number;
  /** Of the energy, by direction. */
  readonly share: ArrayLike<number>;
}

/** What the two files hold. @throws where one is damaged; messages start with `folder` */
export function decodeDecomposition(
  table: string,
  json: string,
  folder: string,
): SavedDecomposition {
  const about = parseJson(`${folder}/decomposition.json`, json, decompositionSchema, 1);
  const columns = about.classes.map(columnOf);
  const file = `${folder}/decomposition.csv`;
  const rows = readCsv(table, [...known, ...columns], file);
  const numbers = (column: string): number[] => rows.map(({ number }) => number(column));
  return {
    data: about.data,
    basis: about.basis,
    images: about.images,
    classNames: about.classes,
    energy: numbers('energy'),
    share: numbers('share'),
    variance: numbers('variance'),
    fisher: numbers('fisher'),
    classEnergies: columns.map(numbers),
  };
}
