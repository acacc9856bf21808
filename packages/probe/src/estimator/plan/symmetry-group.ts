/** Which generators of the square's symmetries are averaged over. */
export interface SymmetryGroup {
  readonly flipRows: boolean;
  readonly flipColumns: boolean;
  readonly transposition: boolean;
}

/** Number of elements of the group. */
export function orderOf({ flipRows, flipColumns, transposition }: SymmetryGroup): number {
  return (flipRows ? 2 : 1) * (flipColumns ? 2 : 1) * (transposition ? 2 : 1);
}
