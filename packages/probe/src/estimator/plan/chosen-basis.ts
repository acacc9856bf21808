import {
  fileOfBasis,
  parseBasis,
  rowsBasis,
  type Basis,
  type ImageShape,
  type Rows,
} from '@nads/basis';
import { OptionError } from '@nads/linalg';

/**
 * The basis of a name, or of rows that go by a name.
 * @throws OptionError where there are rows and a name that means something else
 */
export function chosenBasis(name: string, rows: Rows | undefined, shape: ImageShape): Basis {
  if (!rows) return parseBasis(name, shape);
  if (name !== nameOfRows && fileOfBasis(name) === undefined)
    throw new OptionError('basis', `'${name}' and \`rows\` are two bases; give one`);
  return rowsBasis(name, rows, shape);
}

/** What rows are called that come from no file. */
export const nameOfRows = 'rows';
