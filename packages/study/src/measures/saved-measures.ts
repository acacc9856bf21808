import type { NdArray } from '@nads/dataset';
import { parseJson } from '../parse-json.js';
import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import type { DynamicMeasure, StaticMeasure } from './measures.js';
import { measuresPictures } from './measures-pictures.js';
import { measuresSchema, type MeasuresSummary } from './measures-summary.js';

/** The pictures of measures that were saved. @throws where a file is damaged or missing */
export async function savedMeasuresPictures(saved: SavedFiles): Promise<Picture[]> {
  const json = saved.path('measures.json');
  const summary = parseJson(json, await saved.text('measures.json'), measuresSchema, 1);
  const fixed = summary.static.map(one => fixedMeasure(json, one));
  if (summary.dynamic.length === 0) return measuresPictures({ fixed, dynamic: [] });
  const arrays = await saved.arrays('measures.npz');
  const file = saved.path('measures.npz');
  const dynamic = summary.dynamic.map(({ layer, kernel }) =>
    dynamicMeasure(file, layer, kernel, arrays.get(layer)),
  );
  return measuresPictures({ fixed, dynamic });
}

type Fixed = MeasuresSummary['static'][number];

function fixedMeasure(
  file: string,
  { layer, kind, kernel, values, spectrum }: Fixed,
): StaticMeasure {
  const places = kernel ** 2;
  const expected = kind === 'diagonal' ? places : places ** 2;
  if (values.length !== expected)
    throw new Error(`${file}: '${layer}' has ${values.length} values, expected ${expected}`);
  return { title: layer, kind, kernel, values, spectrum };
}

function dynamicMeasure(
  file: string,
  layer: string,
  kernel: number,
  array: NdArray | undefined,
): DynamicMeasure {
  const [rows, columns, height, width] = array?.shape ?? [];
  const fits = array?.shape.length === 4 && rows === kernel && columns === kernel;
  if (!fits || array.dtype !== 'float32')
    throw new Error(`${file}: no array '${layer}' of float32 [${kernel}, ${kernel}, h, w] in it`);
  return { title: layer, kernel, height, width, diagonals: array.data as Float32Array };
}
