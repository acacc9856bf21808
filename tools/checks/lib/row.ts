/** One check of an input. */
export interface Row {
  /** What was changed. */
  readonly what: string;
  /** What became of it. */
  readonly seen: string;
  /** What should have been otherwise; '' where all is well. */
  readonly problem: string;
}

/** A line of the table. */
export const printed = ({ what, seen, problem }: Row): string =>
  `${problem ? 'FAIL' : 'ok  '}  ${what.padEnd(58)} ${seen}${problem ? `; ${problem}` : ''}`;
