import type { Values } from './combinations.js';

/** What names in braces stand for. */
export interface Meaning {
  /** The stage that is filled in, for messages. */
  readonly stage: string;
  readonly values: Values;
  /** Folders of the results of a stage, or of each that its settings stand for; undefined where there is none. */
  readonly results: (stage: string) => readonly string[] | undefined;
}

const variable = /\{([a-z][a-z0-9-]*)\}/g;
const reference = /\{([\w.-]+)\}/g;

/**
 * A text with names in braces filled in, variables first, so that '{train-{seed}}' is the folder of stage train-0. A text that is a
 * name alone may stand for several folders.
 * @throws naming the stage and the unknown name
 */
export function filledIn(text: string, { stage, values, results }: Meaning): string[] {
  const filled = text.replaceAll(variable, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
  const folders = (name: string): readonly string[] => {
    const found = results(name.toLowerCase());
    if (found) return found;
    const known = Object.keys(values).map(one => `{${one}}`);
    throw new Error(
      `stage '${stage}': '{${name}}' is no stage${known.length > 0 ? `, nor one of ${known.join(', ')}` : ''}`,
    );
  };
  const [alone] = filled.match(/^\{[\w.-]+\}$/) ?? [];
  if (alone) return [...folders(alone.slice(1, -1))];
  return [
    filled.replaceAll(reference, (_, name: string) => {
      const [folder, ...more] = folders(name);
      if (more.length === 0) return folder;
      throw new Error(
        `stage '${stage}': '{${name}}' stands for ${more.length + 1} stages in '${text}'; name one of them`,
      );
    }),
  ];
}
