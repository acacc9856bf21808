import { parseJson } from '../parse-json.js';
import type { Picture } from '../picture.js';
import type { SavedFiles } from '../plot/saved-files.js';
import type { SavedArrays } from '../saved-arrays.js';
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
  const dynamic = summary.dynamic.map(({ layer, kernel }) => dynamicMeasure(arrays, layer, kernel));
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

function dynamicMeasure(arrays: SavedArrays, layer: string, kernel: number): DynamicMeasure {
  const [, , height, width] = arrays.shape(layer, [kernel, kernel, 'height', 'width']);
  return { title: layer, kernel, height, width, diagonals: arrays.float32(layer).data };
}
