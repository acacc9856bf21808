import { dirname } from 'node:path';
import { encodeNpy } from '@nads/dataset';
import { gradientsAt, secantsAt, type GradientSettings, type SecantSettings } from '@nads/study';
import {
  loadModel,
  nodeEnvironment,
  readImages,
  requireFolder,
  writeWhole,
} from '@nads/study/node';
import { watched } from '../terminal/watched.js';

/** Options of `nads probe`. */
interface ProbeFlags extends SecantSettings, GradientSettings {
  readonly points: string;
  readonly output: string;
  readonly probe: 'secant' | 'gradient';
  readonly quiet?: boolean;
}

/** Writes secants or gradients of a file's own weights at given points. */
export async function probe(file: string, flags: ProbeFlags): Promise<void> {
  const { points, output, quiet } = flags;
  const source = loadModel(file);
  const { result } = await watched(quiet, async watch => {
    const environment = { ...nodeEnvironment(), ...watch };
    const opened =
      flags.probe === 'gradient'
        ? await gradientsAt(source, flags, environment)
        : secantsAt(source, flags, environment);
    const given = readImages(points, opened.image);
    requireFolder(dirname(output));
    return opened.at(given);
  });
  if (!result) {
    process.stderr.write('nads: interrupted; nothing is written\n');
    return;
  }
  writeWhole(output, encodeNpy({ dtype: 'float32', ...result }));
}
