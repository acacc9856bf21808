import { getInts } from '../attribute.js';
import type { Node } from '../graph.js';

/** How many sizes a list has, and how large each of them is at least. */
interface Expected {
  readonly length: number;
  readonly least: number;
}

/** Sizes in an attribute, the least ones where it is absent or empty. @throws where they are not such as expected. */
export function sizesOf(node: Node, attribute: string, expected: Expected): readonly number[] {
  const sizes = getInts(node, attribute, []);
  if (sizes.length === 0) return Array<number>(expected.length).fill(expected.least);
  requireList(attribute, sizes, expected);
  return sizes;
}

/** @throws where a list has another length than expected, or too small a size. */
export function requireList(
  name: string,
  sizes: readonly number[],
  { length, least }: Expected,
): void {
  if (sizes.length !== length || sizes.some(size => size < least))
    throw new Error(
      `${name} [${sizes}], expected ${length} sizes of ${least} or more; export the model again`,
    );
}
