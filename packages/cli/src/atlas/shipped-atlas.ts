import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the data lie beside the bundled command, and in the repository. */
const places = ['atlas/', 'experiments/atlas/data/'];

/** The folder with the atlas that comes with nads, in one of those above the code. @throws where it is missing */
export function shippedAtlas(): string {
  let above = new URL('.', import.meta.url);
  for (;;) {
    const found = places.find(place => existsSync(new URL(`${place}atlas.json`, above)));
    if (found) return fileURLToPath(new URL(found, above));
    const next = new URL('..', above);
    if (next.href === above.href)
      throw new Error(
        'the atlas that comes with nads is missing; install it again, or give --data',
      );
    above = next;
  }
}
