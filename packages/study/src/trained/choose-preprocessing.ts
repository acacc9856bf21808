import {
  describePreprocessing,
  makePreprocessing,
  preprocessingFields,
  type Preprocessing,
} from '@nads/dataset';
import type { ImageInput } from '@nads/onnx';

/** A preprocessing, and in one line what it is and where its parts come from. */
export interface ChosenPreprocessing {
  readonly preprocessing: Preprocessing;
  readonly description: string;
}

/** Fields of a preprocessing, and where they come from. */
export interface StatedPreprocessing {
  /** As in 'from model.json'. */
  readonly name: string;
  readonly fields: Partial<Preprocessing>;
}

/**
 * Preprocessing of images. The first source that sets a field wins; fields that none sets keep their defaults.
 * @throws where the parts contradict each other
 */
export function choosePreprocessing(sources: readonly StatedPreprocessing[]): ChosenPreprocessing {
  const merged = Object.fromEntries(
    sources.toReversed().flatMap(({ fields }) => given(fields).map(key => [key, fields[key]])),
  );
  const preprocessing = makePreprocessing(merged, 'preprocessing');
  return {
    preprocessing,
    description: `preprocessing: ${describePreprocessing(preprocessing)} (${origins(sources)})`,
  };
}

/** What a model's input says of its preprocessing: channels, size and layout. */
export const preprocessingOfInput = (
  image: Pick<ImageInput, 'channels' | 'height' | 'width' | 'layout'>,
): StatedPreprocessing => ({
  name: 'from the model',
  fields: {
    channels: image.channels === 1 || image.channels === 3 ? image.channels : undefined,
    size: [image.height, image.width],
    layout: image.layout,
  },
});

const given = (fields: Partial<Preprocessing>): readonly (keyof Preprocessing)[] =>
  preprocessingFields.filter(key => fields[key] !== undefined);

/** Which fields come from where, as far as no earlier source gives them; the rest is plain. */
function origins(sources: readonly StatedPreprocessing[]): string {
  const parts = sources.map(({ name, fields }, i) => {
    const earlier = sources.slice(0, i).flatMap(source => given(source.fields));
    const keys = given(fields).filter(key => !earlier.includes(key));
    return keys.length > 0 ? `${keys.join(', ')} ${name}` : '';
  });
  const stated = sources.flatMap(({ fields }) => given(fields));
  const assumed = (['range', 'mean', 'std'] as const).filter(key => !stated.includes(key));
  if (assumed.length > 0) parts.push(`${assumed.join(', ')} assumed`);
  return parts.filter(part => part !== '').join('; ');
}
