import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { atlasFiles, decodeAtlas } from '../atlas/atlas-codec.js';
import type { Atlas } from '../atlas/atlas.js';
import { readInput } from './inputs.js';

/** Reads an atlas that was gathered. @throws one line that names the folder or the file */
export function readAtlas(folder: string): Atlas {
  const [npz, json] = [join(folder, atlasFiles.arrays), join(folder, atlasFiles.summary)];
  for (const file of [npz, json])
    if (!existsSync(file))
      throw new Error(
        `${file}: not there; give a folder with ${atlasFiles.arrays} and ${atlasFiles.summary}`,
      );
  return decodeAtlas(folder, readInput(npz), readInput(json));
}
