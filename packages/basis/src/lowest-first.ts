/** An order of the places of a grid. */
export interface GridOrder {
  readonly size: readonly [x: number, y: number];
  /** The place of a number. */
  readonly placeOf: (index: number) => readonly [x: number, y: number];
  /** The number of a place. */
  readonly indexOf: (x: number, y: number) => number;
}

/**
 * Places by the length √(f² + g²) of their frequency, equal ones row by row.
 * @param down frequencies of x, down the rows; @param along of y, along the columns.
 */
export function lowestFirst(down: Float64Array, along: Float64Array): GridOrder {
  const columns = along.length;
  const at = Uint32Array.from({ length: down.length * columns }, (_, place) => place);
  const squares = Float64Array.from(
    at,
    place => down[Math.floor(place / columns)] ** 2 + along[place % columns] ** 2,
  );
  const places = at.toSorted((a, b) => squares[a] - squares[b] || a - b);
  const indices = new Uint32Array(places.length);
  places.forEach((place, index) => (indices[place] = index));
  return {
    size: [down.length, columns],
    placeOf: index => [Math.floor(places[index] / columns), places[index] % columns],
    indexOf: (x, y) => indices[x * columns + y],
  };
}
