import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../../models/', import.meta.url);
const manifest = new URL('manifest.json', folder);

/** What the manifest says of a model. */
interface Entry {
  readonly file?: string;
  readonly bytes?: number;
  readonly sha256?: string;
}

/** An entry with the size and sha256 of its file; one without a file stays as it is. */
function measured(entry: Entry): Entry {
  if (!entry.file) return entry;
  const bytes = readFileSync(new URL(entry.file, folder));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...entry, bytes: bytes.length, sha256 };
}

const { models } = JSON.parse(readFileSync(manifest, 'utf8')) as { models: Entry[] };
writeFileSync(manifest, `${JSON.stringify({ models: models.map(measured) }, null, 2)}\n`);
