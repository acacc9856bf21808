import type { SourceModel } from '@nads/study';
import { ModelManifest } from '@nads/study/node';

/** The models that are known by name; their folder is seen from the bundle, packages/cli/bundle. */
export const manifest = (): ModelManifest =>
  new ModelManifest(new URL('../../../models/', import.meta.url));

/** A model by its file, or by the name of one that comes with nads. */
export const openModel = (fileOrName: string): SourceModel => manifest().open(fileOrName);
