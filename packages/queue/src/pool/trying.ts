/** How tasks are tried. */
export interface Trying {
  /** How often a task may fail before it is set aside. */
  readonly attempts: number;
  /** Milliseconds before the second attempt, doubled with each. */
  readonly backoff: number;
}
