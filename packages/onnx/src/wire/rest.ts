/**
 * What a message holds beside the fields that we interpret, fields unknown to us included, so that
 * a file can be written again without loss. Undefined when there is nothing.
 */
export function rest(message: object, known: readonly string[]): object | undefined {
  const kept: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(message))
    if (!known.includes(field) && !(Array.isArray(value) && value.length === 0))
      kept[field] = value;
  const { $unknowns } = message as { $unknowns?: Uint8Array[] };
  if ($unknowns) kept.$unknowns = $unknowns;
  return Object.keys(kept).length > 0 ? kept : undefined;
}
