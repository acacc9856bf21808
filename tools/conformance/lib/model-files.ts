import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The ONNX files in these folders of the shared one, those that are there. */
export const modelFiles = (shared: string, folders: readonly string[]): string[] =>
  folders
    .map(folder => join(shared, folder))
    .filter(folder => existsSync(folder))
    .flatMap(folder =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)),
    )
    .filter(file => file.endsWith('.onnx'));
