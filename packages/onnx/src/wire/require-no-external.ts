/**
 * Asserts that a part of a message that is carried along without being read refers to no other file: a runtime would read it,
 * from anywhere, without the checks that files of tensors pass.
 * @throws where it does
 */
export function requireNoExternal(part: unknown, what: string): void {
  if (refersToFiles(part))
    throw new Error(
      `${what} has external data in a place that is not read; export the model with its weights inside`,
    );
}

function refersToFiles(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(refersToFiles);
  if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) return false;
  return Object.entries(part).some(
    ([field, value]) =>
      (field === 'externalData' && Array.isArray(value) && value.length > 0) ||
      (field === 'dataLocation' && value === 1) ||
      refersToFiles(value),
  );
}
