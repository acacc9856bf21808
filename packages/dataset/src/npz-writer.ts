import { Zip, ZipPassThrough } from 'fflate';
import type { DataOf, DType, NdArray } from './nd-array.js';
import { npyBytes, npyCode } from './npy.js';
import { encodeNpyHeader } from './npy-header.js';
import { archiveTime, requireZipSize } from './zip-limits.js';

/** Values of an array in C order, some at a time. */
export type Parts<D extends DType> = Iterable<DataOf[D]> | AsyncIterable<DataOf[D]>;

/** An array that never lies in memory as a whole. */
export interface ArrayInParts<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly parts: Parts<D>;
}

/** A .npz archive that is written piece by piece, for arrays larger than the memory. Nothing is compressed. */
export class NpzWriter {
  private readonly zip: Zip;
  private readonly names: string[] = [];
  private bytes = 0;
  /** Resolves when all that was given to `write` is written; undefined where that was at once. */
  private written: Promise<void> | undefined;

  /** @param write takes the archive's bytes in order, and is waited for; parts must not change before it is done. */
  constructor(write: (bytes: Uint8Array) => void | Promise<void>) {
    this.zip = new Zip((error, bytes) => {
      if (error) throw error;
      const written = this.written ? this.written.then(() => write(bytes)) : write(bytes);
      if (!(written instanceof Promise)) return;
      this.written = written;
      written.catch(() => {}); // surfaces where it is waited for
    });
  }

  /** Adds an array. @throws as encodeNpy does */
  async add(name: string, { dtype, shape, data }: NdArray): Promise<void> {
    await this.addParts(name, { dtype, shape, parts: [data] });
  }

  /**
   * Adds an array that comes in parts.
   * @throws where parts are of another type, or together hold more or fewer values than the shape; and
   *   before any is asked for where the archive would be over 4 GiB.
   */
  async addParts<D extends DType>(
    name: string,
    { dtype, shape, parts }: ArrayInParts<D>,
  ): Promise<void> {
    const code = npyCode(dtype, shape);
    const header = encodeNpyHeader(code, shape);
    const count = shape.reduce((a, b) => a * b, 1);
    this.names.push(`${name}.npy`);
    this.bytes += header.length + count * Number(code.slice(1));
    requireZipSize(this.names, this.bytes);
    const entry = new ZipPassThrough(`${name}.npy`);
    entry.mtime = archiveTime;
    this.zip.add(entry);
    entry.push(header);
    let values = 0;
    for await (const data of parts) {
      values += data.length;
      if (values > count) break;
      entry.push(npyBytes(dtype, data));
      await this.written;
    }
    if (values !== count)
      throw new Error(
        `npz: '${name}' of shape (${shape.join(', ')}) got ${values > count ? 'at least' : 'only'} ${values} values`,
      );
    entry.push(new Uint8Array(), true);
    await this.written;
  }

  /** Writes the archive's directory; nothing can be added any more. */
  async end(): Promise<void> {
    this.zip.end();
    await this.written;
  }
}
