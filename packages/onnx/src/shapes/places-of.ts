/** All places in a box, the last axis fastest. */
export const placesOf = (box: readonly number[]): number[][] =>
  box.reduce<number[][]>(
    (places, size) =>
      places.flatMap(place => Array.from({ length: size }, (_, k) => [...place, k])),
    [[]],
  );
