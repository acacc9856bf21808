/** An axis counted from the front. @throws where the rank has no such axis. */
export function normaliseAxis(axis: number, rank: number): number {
  if (axis < -rank || axis >= rank)
    throw new Error(`axis ${axis} is out of range for a tensor of rank ${rank}`);
  return axis < 0 ? axis + rank : axis;
}
