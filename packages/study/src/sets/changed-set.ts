import { NpzWriter } from '@nads/dataset';
import type { Watched } from '@nads/runtime';
import { fileName } from '../file-name.js';
import { filesOfPictures, type OnWarning } from '../picture.js';
import type { NamedFile, Store } from '../store.js';
import { changePicture } from './change-picture.js';
import { ChangeRecord, type Change } from './change-record.js';
import { encodeShown, shownEnding } from './shown-codec.js';
import type { PixelPart, PixelSet } from './pixel-set.js';

/** Where a set is written to that may be larger than the memory, and how that is watched and stopped. */
export interface SetEnvironment extends Watched {
  readonly store: Store;
  readonly onWarning?: OnWarning;
}

/** New images in place of those of a part: [count × C·H·W]. */
type ChangePart = (part: PixelPart) => Float32Array | Promise<Float32Array>;

/**
 * Writes `NAME.npz`, images changed and labels as they were, `NAME.svg` and `NAME.png` with an image of each class before
 * and after, and other files: all or none. Images are changed some at a time.
 */
export async function writeChangedSet(
  name: string,
  set: PixelSet,
  change: ChangePart,
  { store, onWarning, ...watched }: SetEnvironment,
  others: readonly NamedFile[] = [],
): Promise<Change> {
  const record = new ChangeRecord(set);
  async function* changed(): AsyncGenerator<Float32Array> {
    for await (const part of set.parts(watched)) {
      const images = await change(part);
      record.add(part, images);
      yield images;
    }
  }
  await store.ready();
  await store.writeInParts(`${name}.npz`, async write => {
    await writeArchive(new NpzWriter(write), set, changed());
    const [title, { shown }] = [`${fileName(set.name)}, ${name}`, record];
    const draw = () => changePicture(title, shown, set.shape);
    return [
      [`${name}${shownEnding}`, encodeShown({ title, shown, shape: set.shape })],
      ...filesOfPictures([{ name, draw }], onWarning),
      ...others,
    ];
  });
  return record.change;
}

async function writeArchive(
  archive: NpzWriter,
  { images, shape: { channels, height, width } }: PixelSet,
  parts: AsyncIterable<Float32Array>,
): Promise<void> {
  const { count, labels } = images;
  const shape = [count, channels, height, width];
  await archive.addParts('images', { dtype: 'float32', shape, parts });
  // black and white: values beyond are meant so
  await archive.add('range', { dtype: 'float32', shape: [2], data: Float32Array.of(0, 1) });
  if (labels)
    await archive.add('labels', { dtype: 'int32', shape: [count], data: Int32Array.from(labels) });
  await archive.end();
}
