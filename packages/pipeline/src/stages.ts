import type { Experiment, OptionValue, StageSettings } from './experiment.js';
import { combinations, type Values } from './combinations.js';
import { filledIn } from './filled-in.js';
import { inOrder } from './in-order.js';

/** A stage with everything filled in: one of several, where its settings name values to take in turn. */
export interface Stage {
  /** Behind the name in the file the values that it takes, as in 'train-lenet-0'. */
  readonly name: string;
  /** Its name in the file. */
  readonly settings: string;
  /** A command, or a file with a script. */
  readonly run?: string;
  readonly script?: string;
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, OptionValue>>;
  /** The folder of its results, from that of the experiment. */
  readonly folder: string;
  /** The file that it writes there, where it writes one. */
  readonly file?: string;
  /** Names of stages whose results it reads. */
  readonly needs: readonly string[];
}

/** Where results of a stage go, from the folder of the experiment. */
export const folderOf = (stage: string): string => `out/${stage}`;

/**
 * All stages of an experiment, each behind those that it needs.
 * @throws naming the stage: for unknown stages, and stages that need each other
 */
export function stagesOf({ stages }: Experiment): Stage[] {
  const variants = new Map<string, Variant[]>();
  for (const [settings, { each = {} }] of Object.entries(stages))
    variants.set(
      settings,
      combinations(each).map(values => ({ name: nameOf(settings, values), values })),
    );
  const names = [...variants.values()].flat().map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`two stages are called '${twice}'; rename one`);
  const groups = new Map([...variants].map(([key, some]) => [key, some.map(({ name }) => name)]));
  return inOrder(
    Object.entries(stages).flatMap(([key, settings]) =>
      variants.get(key)!.map(variant => stageOf(key, settings, variant, groups)),
    ),
  );
}

/** One of the stages that settings stand for. */
interface Variant {
  readonly name: string;
  readonly values: Values;
}

const nameOf = (settings: string, values: Values): string =>
  [settings, ...Object.values(values)].join('-').toLowerCase();

function stageOf(
  key: string,
  settings: StageSettings,
  { name, values }: Variant,
  groups: ReadonlyMap<string, readonly string[]>,
): Stage {
  const needs = new Set<string>();
  const results = (stage: string): string[] | undefined => {
    const found = groups.get(stage) ?? (isStage(stage, groups) ? [stage] : undefined);
    found?.forEach(one => needs.add(one));
    return found?.map(folderOf);
  };
  const fill = (text: string): string[] => filledIn(text, { stage: name, values, results });
  const words = (settings.arguments ?? []).flatMap(fill);
  const options = Object.entries(settings.options ?? {}).map(
    ([option, value]) =>
      [option, typeof value === 'string' ? fill(value).join(',') : value] as const,
  );
  for (const need of settings.needs ?? []) fill(`{${need}}`);
  const { run, script, file } = settings;
  return {
    name,
    settings: key,
    ...(run !== undefined && { run }),
    ...(script !== undefined && { script }),
    arguments: words,
    options: Object.fromEntries(options),
    folder: folderOf(name),
    ...(file !== undefined && { file }),
    needs: [...needs],
  };
}

const isStage = (name: string, groups: ReadonlyMap<string, readonly string[]>): boolean =>
  [...groups.values()].some(names => names.includes(name));
