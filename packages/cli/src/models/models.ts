import { requireWritable, writeWhole, type KnownModel } from '@nads/study/node';
import { manifest } from './manifest.js';

/** Prints the manifest. */
export function listModels({ json }: { readonly json?: boolean }): void {
  const { models } = manifest();
  const line = ({ name, file, description }: KnownModel): string =>
    `${name.padEnd(24)} ${(file ? `models/${file}` : 'to download, not tried here').padEnd(36)} ${description}\n`;
  process.stdout.write(json ? `${JSON.stringify(models, null, 2)}\n` : models.map(line).join(''));
}

/** Options of `nads models get`. */
interface GetFlags {
  readonly out?: string;
  readonly sha256?: string;
  readonly force?: boolean;
}

/**
 * Gets a model by its name, its address, or `hf:OWNER/REPO/PATH`; copies one that comes with nads to a file that is named. Checks it as far as its sha256 is known.
 * @throws where it cannot be had or is not what was expected.
 */
export async function getModel(
  name: string,
  { out, sha256: expected, force }: GetFlags,
): Promise<void> {
  const all = manifest();
  const known = all.named(name);
  const there = known && all.fileOf(known);
  if (there !== undefined && out === undefined) {
    process.stdout.write(`${name} comes with nads: ${there}\n`);
    return;
  }
  if (!known && !/^(hf:|[a-z]+:\/\/)/i.test(name)) all.find(name);
  const file = out ?? (known ? `${name}.onnx` : name.slice(name.lastIndexOf('/') + 1));
  requireWritable(file, force);
  const { bytes, sha256, verified } = await all.load(name, { sha256: expected });
  writeWhole(file, bytes);
  const doubt = verified ? '' : ' (not verified: no checksum is known)';
  process.stdout.write(`${file}: ${bytes.length} bytes, sha256 ${sha256}${doubt}\n`);
}

/** Checks the models that come with nads. @throws naming the first that differs. */
export function checkModels(): void {
  const all = manifest();
  for (const model of all.models.filter(({ file }) => file)) {
    all.check(model);
    process.stdout.write(`${model.name}: models/${model.file} matches the manifest\n`);
  }
}
