/** A value for each variable. */
export type Values = Readonly<Record<string, string | number>>;

/** All ways to give each variable one of its values, the last variable changing fastest; one empty way for no variables. */
export function combinations(
  each: Readonly<Record<string, readonly (string | number)[]>>,
): Values[] {
  return Object.entries(each).reduce<Values[]>(
    (sofar, [variable, values]) =>
      sofar.flatMap(way => values.map(value => ({ ...way, [variable]: value }))),
    [{}],
  );
}
