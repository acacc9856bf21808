/** A file in an archive. */
export interface TarFile {
  /** As the archive has it: nothing keeps it from leading elsewhere. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const blockSize = 512;

/** The plain files of a tar archive (POSIX ustar). @throws where it ends too early or a header is damaged */
export function tarFiles(archive: Uint8Array): TarFile[] {
  const files: TarFile[] = [];
  for (let at = 0; at + blockSize <= archive.length;) {
    const header = archive.subarray(at, at + blockSize);
    if (header.every(byte => byte === 0)) return files;
    if (checksum(header) !== octal(header, 148, 8))
      throw new Error(`the tar header at byte ${at} is damaged`);
    const size = octal(header, 124, 12);
    const first = at + blockSize;
    if (first + size > archive.length)
      throw new Error(`the tar archive ends within '${text(header, 0, 100)}'`);
    const kind = text(header, 156, 1);
    const prefix = text(header, 345, 155);
    const name = `${prefix === '' ? '' : `${prefix}/`}${text(header, 0, 100)}`;
    if (kind === '0' || kind === '')
      files.push({ name, bytes: archive.subarray(first, first + size) });
    at = first + Math.ceil(size / blockSize) * blockSize;
  }
  return files;
}

/** The sum of a header's bytes, those of the sum itself taken for spaces. */
const checksum = (header: Uint8Array): number =>
  header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0);

function text(header: Uint8Array, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder('latin1').decode(end < 0 ? field : field.subarray(0, end));
}

const octal = (header: Uint8Array, at: number, length: number): number =>
  Number.parseInt(text(header, at, length).trim() || '0', 8);
