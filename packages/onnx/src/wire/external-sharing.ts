import type { TensorMessage } from './messages.js';
import { externalReference, type ExternalReference } from './read-tensor.js';

/** Bytes beside those of a file that tensors may share of it. */
const shared = 2 ** 26;

/** Counts the bytes that tensors take of files: many of the same bytes would fill all memory. */
export class ExternalSharing {
  private readonly ends = new Map<string, number>();
  private readonly totals = new Map<string, number>();

  /** @throws where tensors take far more bytes of a file than it has, as far as they reach into it */
  add({ location, offset, length }: ExternalReference): void {
    const end = Math.max(this.ends.get(location) ?? 0, offset + length);
    const total = (this.totals.get(location) ?? 0) + length;
    this.ends.set(location, end);
    this.totals.set(location, total);
    if (total > end + shared)
      throw new Error(
        `external data '${location}': tensors share ${total} bytes of the first ${end}; refused, export the model again`,
      );
  }
}

/** @throws as `ExternalSharing`, before anything is read; what is wrong with one tensor by itself is said where it is read */
export function requireLittleSharing(messages: readonly TensorMessage[]): void {
  const sharing = new ExternalSharing();
  for (const message of messages) {
    const reference = readable(message);
    if (reference) sharing.add(reference);
  }
}

function readable(message: TensorMessage): ExternalReference | undefined {
  try {
    return externalReference(message);
  } catch {
    return undefined;
  }
}
