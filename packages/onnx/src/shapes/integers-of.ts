import { getInts } from '../attribute.js';
import { numbersOf } from '../tensor.js';
import { hasInput, valueOf, type Stated } from './application.js';

/**
 * Integers that older opsets take as an attribute and newer ones as an input; undefined where neither
 * is there. @throws Unknown where the input depends on data.
 */
export function integersOf(
  application: Stated,
  attribute: string,
  input: number,
): number[] | undefined {
  const values = getInts(application.node, attribute, undefined);
  if (values || !hasInput(application, input)) return values;
  return numbersOf(valueOf(application, input));
}
