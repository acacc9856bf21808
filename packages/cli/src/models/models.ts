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
  readonly force?: boolean;
}

/** Downloads a model, or copies one that comes with nads to a file that is named, and checks it. @throws where it cannot be had or is not what was expected. */
export async function getModel(name: string, { out, force }: GetFlags): Promise<void> {
  const all = manifest();
  const model = all.find(name);
  const there = all.fileOf(model);
  if (there !== undefined && out === undefined) {
    process.stdout.write(`${name} comes with nads: ${there}\n`);
    return;
  }
  const file = out ?? `${name}.onnx`;
  requireWritable(file, force);
  const { bytes, sha256 } = await all.bytesOf(model);
  writeWhole(file, bytes);
  const verified = model.sha256 ? '' : ' (not verified: no checksum is known)';
  process.stdout.write(`${file}: ${bytes.length} bytes, sha256 ${sha256}${verified}\n`);
}

/** Checks the models that come with nads. @throws naming the first that differs. */
export function checkModels(): void {
  const all = manifest();
  for (const model of all.models.filter(({ file }) => file)) {
    all.check(model);
    process.stdout.write(`${model.name}: models/${model.file} matches the manifest\n`);
  }
}
