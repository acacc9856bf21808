import { strFromU8, strToU8 } from 'fflate';

/** What a .npy file says about its array before the values. */
export interface NpyHeader {
  /** Kind and size in bytes as numpy writes them: 'f4', 'i8', 'b1'. */
  code: string;
  bigEndian: boolean;
  fortranOrder: boolean;
  shape: readonly number[];
  /** Where the values start, in bytes from the start of the file. */
  offset: number;
  /** How many bytes the values take. */
  byteLength: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** numpy refuses longer headers too: real ones have some 100 characters. */
const longestHeader = 10_000;
/** The longest header text with the magic, the version and the length before it, in bytes. */
export const longestPreamble = longestHeader + 12;
const codes = ['b1', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'f2', 'f4', 'f8'];

/**
 * The header at the start of a .npy file of format version 1, 2 or 3; the values need not be there yet.
 * (numpy.lib.format)
 * @throws if it is not one, or describes an array of other than plain numbers; messages start with `file`.
 */
export function decodeNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const { text, offset } = headerText(bytes, file);
  const entries = dictionary(text, file);
  const { code, bigEndian } = elementType(entries.descr, file);
  const shape = tuple(entries.shape, file);
  const byteLength = Number(code.slice(1)) * count(shape, file);
  return {
    code,
    bigEndian,
    fortranOrder: boolean(entries.fortran_order, file),
    shape,
    offset,
    byteLength,
  };
}

/** The bytes before the values of a little-endian C-order array, as numpy 2 writes them (version 1). */
export function encodeNpyHeader(code: string, shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const order = code.endsWith('1') ? '|' : '<';
  const text = `{'descr': '${order}${code}', 'fortran_order': False, 'shape': ${sizes}, }`;
  // numpy leaves room for the first axis to grow to 21 digits in place
  const growth = shape.length > 0 ? 21 - String(shape[0]).length : 0;
  const used = 10 + text.length + growth + 1;
  const padding = growth + 64 - (used % 64);
  const length = text.length + padding + 1;
  const preamble = [...magic, 1, 0, length & 0xff, length >> 8];
  return Uint8Array.from([...preamble, ...strToU8(text + ' '.repeat(padding) + '\n', true)]);
}

function headerText(bytes: Uint8Array, file: string): { text: string; offset: number } {
  if (magic.some((byte, i) => bytes[i] !== byte))
    throw new Error(
      `${file}: not a .npy file: expected it to start with \\x93NUMPY, got ${hex(bytes)}`,
    );
  if (bytes.length < 8) throw endsInside(bytes, file);
  const version = bytes[6];
  if (!(version >= 1 && version <= 3))
    throw new Error(
      `${file}: format version ${version}.${bytes[7]} is unknown; versions 1 to 3 are read`,
    );
  const start = version === 1 ? 10 : 12;
  const length = littleEndian(bytes.subarray(8, start));
  if (length > longestHeader)
    throw new Error(
      `${file}: a header of ${length} bytes; more than ${longestHeader} are not read`,
    );
  if (!(start + length <= bytes.length)) throw endsInside(bytes, file);
  const text = strFromU8(bytes.subarray(start, start + length), version < 3);
  return { text, offset: start + length };
}

const endsInside = ({ length }: Uint8Array, file: string) =>
  new Error(`${file}: ends inside its header, after ${length} bytes; copy it again`);

const hex = (bytes: Uint8Array) =>
  [...bytes.subarray(0, 6)].map(byte => byte.toString(16).padStart(2, '0')).join(' ') || 'no bytes';

const littleEndian = (bytes: Uint8Array) => bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);

/** The three entries of the Python dictionary, as their Python source text. */
function dictionary(
  text: string,
  file: string,
): Record<'descr' | 'fortran_order' | 'shape', string> {
  const inside = /^\s*\{(.*)\}\s*$/su.exec(text)?.[1] ?? '';
  const entry =
    /\s*(['"])(descr|fortran_order|shape)\1\s*:\s*('[^']*'|"[^"]*"|\w+|\([^()]*\)|\[.*\])\s*(?:,|$)/suy;
  const entries: Record<string, string> = {};
  let end = 0;
  for (let found; (found = entry.exec(inside)); end = entry.lastIndex) entries[found[2]] = found[3];
  const { descr, fortran_order, shape } = entries;
  if (inside.slice(end).trim() !== '' || !descr || !fortran_order || !shape)
    throw new Error(
      `${file}: header is not a dictionary of 'descr', 'fortran_order' and 'shape': ${quote(text)}`,
    );
  return { descr, fortran_order, shape };
}

const quote = (text: string) => JSON.stringify(text.trim().slice(0, 200));

function elementType(source: string, file: string): { code: string; bigEndian: boolean } {
  const [, order, code] = /^['"]([<>|=]?)(\w+)['"]$/u.exec(source) ?? [];
  if (code && codes.includes(code)) return { code, bigEndian: order === '>' };
  if (code?.startsWith('O'))
    throw new Error(
      `${file}: an array of Python objects (descr ${source}) would need unpickling, which can run any code;` +
        ` save it as numbers, e.g. array.astype('float64')`,
    );
  throw new Error(
    `${file}: element type ${quote(source)} is not a plain integer, float or bool of at most 64 bits;` +
      ` convert it, e.g. array.astype('float64')`,
  );
}

function boolean(source: string, file: string): boolean {
  if (source === 'True' || source === 'False') return source === 'True';
  throw new Error(`${file}: fortran_order is neither True nor False: ${quote(source)}`);
}

/** `(2, 3)`, `(2,)`, `()`; Python 2 wrote `(2L, 3L)`. */
function tuple(source: string, file: string): number[] {
  if (!/^\(\s*((\d+L?\s*,\s*)+(\d+L?\s*)?)?\)$/u.test(source))
    throw new Error(`${file}: shape is not a tuple of sizes: ${quote(source)}`);
  return [...source.matchAll(/\d+/gu)].map(([digits]) => Number(digits));
}

function count(shape: readonly number[], file: string): number {
  const product = shape.reduce((a, b) => a * b, 1);
  if (shape.every(Number.isSafeInteger) && product <= Number.MAX_SAFE_INTEGER / 8) return product;
  throw new Error(`${file}: shape (${shape.join(', ')}) is too large`);
}
