/** Zip keeps sizes in 32 bits; nothing here writes zip64. */
const largestZip = 2 ** 32 - 1;

/** Zip times are local times: these read the same in every time zone. */
export const archiveTime = new Date(1980, 0, 1);

/** @throws where so many files of so many bytes together make more than a zip holds. */
export function requireZipSize(names: readonly string[], bytes: number): void {
  // a local header, a descriptor and a directory entry for each, and the end
  const total = names.reduce((sum, { length }) => sum + 6 * length + 114, bytes + 22);
  if (total > largestZip || names.length >= 0xffff)
    throw new Error(
      `npz: ${names.length} arrays of ${total} bytes are more than a zip holds; split them`,
    );
}
