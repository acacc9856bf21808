/** A row of a benchmark. */
export interface Result {
  readonly name: string;
  readonly ours_seconds: number;
  /** Null where there is no peer. */
  readonly peer_seconds: number | null;
  /** Ours over the peer's. */
  readonly ratio: number | null;
  /** The largest ratio that is asked for. */
  readonly target?: number;
  /** The longest time that is asked for, whatever a peer takes. */
  readonly target_seconds?: number;
  /** True where the other side is ours, too. */
  readonly own?: boolean;
  /** What was compared with what. */
  readonly compared?: string;
}

/** Our time beside the peer's, null where there is none. */
export function beside(
  name: string,
  ours: number,
  peer: number | undefined,
  rest: Pick<Result, 'target' | 'target_seconds' | 'own' | 'compared'> = {},
): Result {
  return {
    name,
    ours_seconds: ours,
    peer_seconds: peer ?? null,
    ratio: peer === undefined ? null : ours / peer,
    ...rest,
  };
}
