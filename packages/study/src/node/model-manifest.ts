import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { load, type LoadedFile, type LoadOptions } from '../load/load.js';
import { parseJson } from '../parse-json.js';
import type { SourceModel } from '../source-model.js';
import { explainFile } from './explain-file.js';
import { isThere } from './is-there.js';
import { loadModel } from './load-model.js';
import { userCache } from './user-cache.js';

const manifestSchema = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      provenance: z.string(),
      license: z.string(),
      /** Path beside the manifest, for models that come with nads. */
      file: z.optional(z.string()),
      /** Where it can be had, for models that do not come with nads. */
      url: z.optional(z.string()),
      bytes: z.optional(z.int()),
      sha256: z.optional(z.string()),
    }),
  ),
});

/** One model of a manifest. */
export type KnownModel = z.infer<typeof manifestSchema>['models'][number];

/** Models that are known by name: some come with nads, others can be downloaded. */
export class ModelManifest {
  readonly models: readonly KnownModel[];
  private readonly folder: URL;

  /** @param folder that holds manifest.json and the models that come with it. */
  constructor(folder: URL) {
    this.folder = folder;
    const file = fileURLToPath(new URL('manifest.json', folder));
    const text = explainFile(file, () => readFileSync(file, 'utf8'));
    this.models = parseJson(file, text, manifestSchema, 1).models;
  }

  /** @throws where there is none of that name, naming those that there are */
  find(name: string): KnownModel {
    const found = this.named(name);
    if (found) return found;
    const names = this.models.map(model => model.name);
    throw new Error(`unknown model '${name}'; expected one of ${names.join(', ')}`);
  }

  /** The model of a name; undefined where there is none. */
  named(name: string): KnownModel | undefined {
    return this.models.find(model => model.name === name);
  }

  /**
   * Opens a model by its file, or where there is no such file by the name of a model that comes with nads.
   * @throws one line that names the file; for the name of another known model, how to get it
   */
  open(fileOrName: string): SourceModel {
    const known = isThere(fileOrName) ? undefined : this.named(fileOrName);
    if (!known) return loadModel(fileOrName);
    const file = this.fileOf(known);
    if (file === undefined)
      throw new Error(
        `${fileOrName}: this model does not come with nads; get it with nads models get ${fileOrName}, and give the file`,
      );
    return { ...loadModel(file), name: fileOrName };
  }

  /** The file of a model that comes with nads; undefined of others. */
  fileOf({ file }: KnownModel): string | undefined {
    return file === undefined ? undefined : fileURLToPath(new URL(file, this.folder));
  }

  /** Checks a model that comes with nads. @throws where it differs from the manifest */
  check(model: KnownModel): void {
    const file = this.fileOf(model);
    if (file !== undefined) checkedBytes(model, file);
  }

  /**
   * The bytes of a model by its name, its address, or `hf:OWNER/REPO/PATH`, checked as far as its sha256 is known. What is got from the web is kept in the
   * user's cache.
   * @throws where it cannot be had or is not what was expected
   */
  async load(what: string, options: LoadOptions = {}): Promise<LoadedFile> {
    const model = this.named(what);
    const file = model && this.fileOf(model);
    if (file !== undefined) return { name: what, ...checkedBytes(model!, file), verified: true };
    return load(what, { known: this.models, cache: userCache(), ...options });
  }
}

function checkedBytes(model: KnownModel, file: string): Pick<LoadedFile, 'bytes' | 'sha256'> {
  const bytes = explainFile(file, () => readFileSync(file));
  const found = sha256(bytes);
  if (found === model.sha256) return { bytes, sha256: found };
  throw new Error(`${model.name}: ${file} has sha256 ${found}, the manifest says ${model.sha256}`);
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
