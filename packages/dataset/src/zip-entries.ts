import { strFromU8 } from 'fflate';

/** One file of a zip, still compressed. */
export interface ZipEntry {
  name: string;
  /** 0 stored, 8 deflate. */
  method: number;
  crc: number;
  /** Declared size once decompressed, in bytes. */
  size: number;
  compressed: Uint8Array;
}

const encrypted = 1;
const utf8 = 1 << 11;

/**
 * The files of a zip or zip64 archive in the order of its central directory; nothing is decompressed.
 * (PKWARE APPNOTE 4.3, 4.5.3)
 * @throws if the archive is damaged or encrypted; messages start with `file`.
 */
export function zipEntries(bytes: Uint8Array, file: string): ZipEntry[] {
  const record = recordsOf(bytes, file);
  const { count, start, end } = directory(bytes, record, file);
  const entries: ZipEntry[] = [];
  let at = start;
  while (entries.length < count) {
    const { entry, next } = entryAt(at, record, file);
    entries.push(entry);
    at = next;
  }
  if (at !== end) throw damaged(file, at);
  requireSeparate(entries, bytes.length, file);
  return entries;
}

/** @throws where entries share bytes, as in archives made to fill the memory */
function requireSeparate(entries: readonly ZipEntry[], length: number, file: string): void {
  const total = entries.reduce((sum, { compressed }) => sum + compressed.length, 0);
  if (total > length)
    throw new Error(
      `${file}: its entries take ${total} bytes, the whole archive ${length}; save it again`,
    );
}

const damaged = (file: string, at: number) =>
  new Error(`${file}: the zip archive is damaged or cut off at byte ${at}; copy it again`);

/** Reads `length` bytes at `at`, which must lie inside the file and begin with the signature. */
type Records = (at: number, length: number, signature?: number) => DataView;

const recordsOf =
  (bytes: Uint8Array, file: string): Records =>
  (at, length, signature) => {
    const inside = at >= 0 && at + length <= bytes.length;
    const view = new DataView(
      bytes.buffer,
      bytes.byteOffset + (inside ? at : 0),
      inside ? length : 0,
    );
    if (inside && (signature === undefined || view.getUint32(0, true) === signature)) return view;
    throw damaged(file, at);
  };

interface Directory {
  count: number;
  start: number;
  end: number;
}

function directory(bytes: Uint8Array, record: Records, file: string): Directory {
  const at = lastRecord(bytes, file);
  const view = record(at, 22, 0x06054b50);
  const [size, start] = [view.getUint32(12, true), view.getUint32(16, true)];
  const count = view.getUint16(10, true);
  if (Math.max(size, start) < 0xffffffff && count < 0xffff)
    return { count, start, end: start + size };
  const long = record(uint64(record(at - 20, 20, 0x07064b50), 8), 56, 0x06064b50);
  return {
    count: uint64(long, 32),
    start: uint64(long, 48),
    end: uint64(long, 48) + uint64(long, 40),
  };
}

/** Where the last record starts, sought from behind: up to 65,535 bytes of comment may follow it. */
function lastRecord(bytes: Uint8Array, file: string): number {
  const signature = [0x50, 0x4b, 5, 6];
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at--)
    if (signature.every((byte, i) => bytes[at + i] === byte)) return at;
  throw new Error(`${file}: not a zip archive, or cut off: it has no directory at its end`);
}

function entryAt(at: number, record: Records, file: string): { entry: ZipEntry; next: number } {
  const header = record(at, 46, 0x02014b50);
  const [flags, method, nameLength, extraLength, commentLength] = [8, 10, 28, 30, 32].map(field =>
    header.getUint16(field, true),
  );
  const extra = at + 46 + nameLength;
  const name = strFromU8(bytesOf(record(at + 46, nameLength)), !(flags & utf8));
  if (flags & encrypted)
    throw new Error(`${file}: '${name}' is encrypted; save it without a password`);
  const [size, compressedSize, offset] = longSizes(header, record(extra, extraLength));
  const compressed = contents(offset, compressedSize, record);
  const entry = { name, method, crc: header.getUint32(16, true), size, compressed };
  return { entry, next: extra + extraLength + commentLength };
}

/** Sizes and offset from the header, where they are full from the zip64 field behind the name. */
function longSizes(header: DataView, extra: DataView): number[] {
  const long = zip64Field(extra);
  let next = 0;
  return [24, 20, 42].map(at => {
    const short = header.getUint32(at, true);
    if (short < 0xffffffff || next + 8 > long.byteLength) return short;
    next += 8;
    return uint64(long, next - 8);
  });
}

function zip64Field(extra: DataView): DataView {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    const length = Math.min(extra.getUint16(at + 2, true), extra.byteLength - at - 4);
    if (extra.getUint16(at, true) === 1)
      return new DataView(extra.buffer, extra.byteOffset + at + 4, length);
  }
  return new DataView(extra.buffer, extra.byteOffset, 0);
}

function contents(offset: number, size: number, record: Records): Uint8Array {
  const local = record(offset, 30, 0x04034b50);
  const start = offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  return bytesOf(record(start, size));
}

const uint64 = (view: DataView, at: number) => Number(view.getBigUint64(at, true));

const bytesOf = (view: DataView) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
