import { chart } from '@nads/report';
import type { Picture } from '../picture.js';
import type { ComparedDirection, ModelResponse } from './compare-direction.js';
import { directionPair } from './direction-pair.js';

/** Of one direction of two results: both as images, and the response of each model along both. */
export const comparedDirectionPictures = (found: ComparedDirection): Picture[] => [
  directionPair(found.results, found.index),
  ...found.responses.flatMap((response, i) =>
    'curves' in response ? [responsePicture(found, response, i)] : [],
  ),
];

/** In a few lines: how alike the two are, how far each model responds to them, and why one does not. */
export function comparedDirectionText(found: ComparedDirection): string[] {
  const { index, cosine, responses, results } = found;
  const alike =
    cosine === undefined ? [] : [`|cos| between the two directions ${index}: ${cosine.toFixed(4)}`];
  const names = results.map(({ name }) => name);
  return [...alike, ...responses.map(response => responseText(response, names))];
}

function responseText(response: ModelResponse, names: readonly string[]): string {
  if ('missing' in response) return `no response curves of ${response.missing}`;
  const ranges = response.curves.responses.map((values, i) => {
    const range = Math.max(...values) - Math.min(...values);
    return `${range.toPrecision(3)} along that of ${names[i]}`;
  });
  return `${response.model} changes by ${ranges.join(', by ')}`;
}

function responsePicture(
  { index, results, weights, outputIndex }: ComparedDirection,
  { model, curves: { t, responses } }: Extract<ModelResponse, { readonly model: string }>,
  which: number,
): Picture {
  const { seed } = results[which].summary!.settings;
  const drawn = weights === 'file' ? "the file's own weights" : `first network of seed ${seed}`;
  const title = `Response of ${model} (${drawn})`;
  return {
    name: `response-${index}-${which + 1}`,
    draw: () =>
      chart({
        title,
        width: 440,
        height: 340,
        x: { title: 't' },
        y: { title: `logit ${outputIndex} at x₀ + t·u` },
        series: responses.map((y, i) => ({
          label: `u = NAD ${index} of ${results[i].name}`,
          x: t,
          y,
          points: false,
          dashed: i !== which,
        })),
      }),
    caption: `${title}: logit ${outputIndex} along direction ${index} of both results, its own as a solid line`,
  };
}
