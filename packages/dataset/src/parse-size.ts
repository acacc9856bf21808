/** The longest side of a size that is asked for, against descriptions made to fill the memory. */
export const longestSide = 2 ** 14;

/**
 * Height and width as they are typed: '224', or '224x320'.
 * @throws where they are none, saying what is expected
 */
export function parseSize(text: string): readonly [height: number, width: number] {
  const sides = text.split('x').map(side => side.trim());
  if (sides.length > 2 || !sides.every(side => /^0*[1-9]\d*$/.test(side)))
    throw new Error('Expected a size, as in 224 or 224x320.');
  const [height, width = height] = sides.map(Number);
  if (Math.max(height, width) > longestSide)
    throw new Error(`Expected sides of at most ${longestSide}.`);
  return [height, width];
}
