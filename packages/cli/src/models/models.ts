import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeWhole } from '../files/write-file.js';
import { explain } from '../messages/explain.js';

/** One model of the manifest. */
interface Entry {
  readonly name: string;
  readonly description: string;
  readonly provenance: string;
  readonly license: string;
  /** Path beside the manifest, for models that come with nads. */
  readonly file?: string;
  /** Where it can be had; empty where we could not verify it. */
  readonly url?: string;
  readonly bytes?: number;
  /** Empty where we could not verify it. */
  readonly sha256?: string;
}

/** Seen from the bundle, packages/cli/bundle. */
const folder = new URL('../../../models/', import.meta.url);

const manifest = (): readonly Entry[] =>
  (JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as { models: Entry[] })
    .models;

/** Prints the manifest. */
export function listModels({ json }: { readonly json?: boolean }): void {
  const entries = manifest();
  if (json) process.stdout.write(`${JSON.stringify(entries, null, 2)}\n`);
  else
    for (const entry of entries)
      process.stdout.write(
        `${entry.name.padEnd(24)} ${(entry.file ? `models/${entry.file}` : 'to download').padEnd(36)} ${entry.description}\n`,
      );
}

/** Downloads a model and checks it. @throws where it cannot be had or is not what was expected. */
export async function getModel(name: string, { out }: { readonly out?: string }): Promise<void> {
  const entry = find(name);
  if (entry.file) {
    process.stdout.write(
      `${name} comes with nads: ${fileURLToPath(new URL(entry.file, folder))}\n`,
    );
    return;
  }
  if (!entry.url)
    throw new Error(
      `${name}: no verified address is known; see its provenance: ${entry.provenance}`,
    );
  const bytes = await download(entry.url, name);
  const sha256 = digest(bytes);
  if (entry.sha256 && entry.sha256 !== sha256)
    throw new Error(`${name}: sha256 ${sha256}, expected ${entry.sha256}; download it again`);
  const file = out ?? `${name}.onnx`;
  writeWhole(file, bytes);
  process.stdout.write(
    `${file}: ${bytes.length} bytes, sha256 ${sha256}${entry.sha256 ? '' : ' (not verified: none is known)'}\n`,
  );
}

/** Checks the models that come with nads. @throws naming the first that differs. */
export function checkModels(): void {
  for (const { name, file, sha256 } of manifest()) {
    if (!file) continue;
    const bytes = explain(file, () => readFileSync(new URL(file, folder)));
    if (digest(bytes) !== sha256)
      throw new Error(
        `${name}: models/${file} has sha256 ${digest(bytes)}, the manifest says ${sha256}`,
      );
    process.stdout.write(`${name}: models/${file} is as the manifest says\n`);
  }
}

function find(name: string): Entry {
  const entry = manifest().find(candidate => candidate.name === name);
  if (!entry)
    throw new Error(
      `no model '${name}'; there are ${manifest()
        .map(m => m.name)
        .join(', ')}`,
    );
  return entry;
}

async function download(url: string, name: string): Promise<Uint8Array> {
  const response = await fetch(url).catch((error: Error) => {
    throw new Error(
      `${name}: cannot be downloaded (${error.message}); this needs a connection to the internet`,
    );
  });
  if (!response.ok) throw new Error(`${name}: the server answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
