import { cifar10Classes, cifar100Classes } from './cifar-classes.js';
import type { Dims } from './image.js';
import type { LabelledImages } from './labelled-images.js';

const dims: Dims = [3, 32, 32];
const pixels = 3 * 32 * 32;

/** A label byte before the pixels of a record. */
interface LabelByte {
  readonly name: string;
  readonly classes: number;
}

interface Format {
  readonly name: string;
  /** In the order of the file; the last one counts. */
  readonly labelBytes: readonly LabelByte[];
  readonly classNames: readonly string[];
}

const cifar10: Format = {
  name: 'CIFAR-10',
  labelBytes: [{ name: 'label', classes: 10 }],
  classNames: cifar10Classes,
};
const cifar100: Format = {
  name: 'CIFAR-100',
  labelBytes: [
    { name: 'coarse label', classes: 20 },
    { name: 'fine label', classes: 100 },
  ],
  classNames: cifar100Classes,
};

/**
 * Images [3, 32, 32] and their classes from a file of CIFAR-10's binary version: records of 3073
 * bytes, the label and the red, green and blue planes. The pixels are not copied.
 * (https://www.cs.toronto.edu/~kriz/cifar.html)
 * @throws if the length or a label cannot be right; messages start with `file`
 */
export const decodeCifar10 = (bytes: Uint8Array, file = 'cifar10'): LabelledImages =>
  decode(bytes, file, cifar10);

/**
 * Images [3, 32, 32] and their 100 fine classes from a file of CIFAR-100's binary version: records of
 * 3074 bytes, the coarse and the fine label and the planes. The pixels are not copied.
 * @throws if the length or a label cannot be right; messages start with `file`
 */
export const decodeCifar100 = (bytes: Uint8Array, file = 'cifar100'): LabelledImages =>
  decode(bytes, file, cifar100);

function decode(bytes: Uint8Array, file: string, format: Format): LabelledImages {
  const { labelBytes, classNames } = format;
  const record = labelBytes.length + pixels;
  requireRecords(bytes, file, format);
  const count = bytes.length / record;
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    labelBytes.forEach((labelByte, k) => requireLabel(bytes[i * record + k], labelByte, i, file));
    labels[i] = bytes[i * record + labelBytes.length - 1];
  }
  return {
    count,
    dims,
    labels,
    classNames,
    image: index => ({
      dims,
      data: bytes.subarray(index * record + labelBytes.length, (index + 1) * record),
    }),
    nameOf: index => `${file}, record ${index}`,
  };
}

function requireRecords({ length, 0: first }: Uint8Array, file: string, format: Format): void {
  const record = format.labelBytes.length + pixels;
  if (length > 0 && length % record === 0) return;
  throw new Error(
    `${file}: ${length} bytes are not a multiple of ${record}, the size of a ${format.name} record;` +
      ` ${advice(length, first, format)}`,
  );
}

function advice(length: number, first: number, { name }: Format): string {
  if (first === 0x80) return `this may be the Python version of ${name}, get the binary version`;
  if (first === 0x1f) return 'this may be the packed archive, unpack it first';
  const other = [cifar10, cifar100].find(
    format => format.name !== name && length % (format.labelBytes.length + pixels) === 0,
  );
  return other && length > 0 ? `this may be ${other.name}` : 'copy it again';
}

function requireLabel(label: number, { name, classes }: LabelByte, i: number, file: string): void {
  if (label >= classes)
    throw new Error(
      `${file}: record ${i} has the ${name} ${label}, expected 0 to ${classes - 1};` +
        ' the file is damaged or of another format, copy it again',
    );
}
