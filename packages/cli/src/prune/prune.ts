import { join } from 'node:path';
import { writeModel } from '@nads/onnx';
import {
  groupsJson,
  groupsSummary,
  hasGoal,
  importanceCsv,
  modelChannels,
  prune as study,
  pruneFileNames,
  pruneFiles,
  pruneJson,
  pruneOracle,
  pruneReport,
  pruneText,
  type NamedFile,
  type Pruned,
  type PruneSettings,
  type SourceModel,
  withOutputsAs,
} from '@nads/study';
import { OptionError } from '@nads/linalg';
import { nodeEnvironment, openData, requireAllWritable, writeTogether } from '@nads/study/node';
import type { PreprocessingFlags } from '../commands/preprocessing-options.js';
import type { ProviderFlags } from '../commands/provider-option.js';
import { openModel } from '../models/manifest.js';
import { commandWords, incidental } from '../terminal/command-words.js';
import { firstOutput, type OutputFlags } from '../terminal/open-output.js';
import { speaker, warn } from '../terminal/say.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { statedPreprocessing } from '../terminal/stated-preprocessing.js';
import { watchedToTheEnd } from '../terminal/watched-to-the-end.js';
import { withFlags } from '../terminal/with-flags.js';

/** Options of `nads prune`. */
interface PruneFlags
  extends
    Omit<PruneSettings, 'preprocessing' | 'validation'>,
    PreprocessingFlags,
    OutputFlags,
    ProviderFlags,
    ShowFlags {
  readonly validationData?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly groups?: string;
  readonly importance?: string;
  readonly report?: string;
  readonly oracle?: boolean;
  readonly quiet?: boolean;
}

/** Runs `nads prune`. */
export async function prune(file: string, flags: PruneFlags): Promise<void> {
  const { out, groups, importance, report, oracle, force } = flags;
  const original = openModel(file);
  const source = firstOutput(original, flags);
  const files = [out, groups, importance, ...(report === undefined ? [] : reportNames(report))];
  requireAllWritable(
    files.filter(written => written !== undefined),
    force,
  );
  const settings = {
    ...flags,
    ...openValidation(flags),
    preprocessing: statedPreprocessing(file, flags),
  };
  const isSmaller =
    hasGoal(flags) ||
    !(oracle || groups !== undefined) ||
    (out ?? report ?? importance) !== undefined;
  if (groups !== undefined) writeGroups(groups, source, settings, oracle || isSmaller);
  if (oracle) await compareCriteria(source, settings);
  if (isSmaller) await makeSmaller(source, original, settings);
}

type Settings = Omit<PruneFlags, 'preprocessing'> &
  Pick<PruneSettings, 'preprocessing' | 'validation'>;

/** Images that accuracy is measured on, where others than those of importance are given. */
function openValidation(flags: PruneFlags): Pick<PruneSettings, 'validation'> {
  const { validationData: name } = flags;
  return name === undefined ? {} : { validation: { name, images: openData(name, flags) } };
}

/** @param hasMore whether a result follows, which stdout is for */
function writeGroups(
  file: string,
  source: SourceModel,
  settings: Settings,
  hasMore: boolean,
): void {
  const found = modelChannels(source, settings);
  writeTogether([[file, groupsJson(found)]]);
  const summary = groupsSummary(found);
  const { channels, groups, stay } = summary;
  const text = `${channels} channels in ${groups} group(s) can go, ${stay} stay, written to ${file}`;
  if (hasMore) speaker(settings.quiet)(text);
  else show(settings, [text], { ...summary, out: file });
}

async function compareCriteria(source: Pruned['source'], settings: Settings): Promise<void> {
  if (settings.data === undefined)
    throw new OptionError('oracle', 'the loss needs images with labels; give `data`');
  const data = openData(settings.data, settings);
  const found = await watchedToTheEnd(settings.quiet, watch =>
    pruneOracle(source, data, settings, { ...nodeEnvironment(settings.provider), ...watch }),
  );
  const lines = Object.entries(found.correlations).map(
    ([name, correlation]) => `${name.padEnd(14)} ${correlation.toFixed(3)}`,
  );
  const head = `rank correlation with the change of the loss, ${found.channels} channels`;
  show(settings, [head, ...lines], found);
}

async function makeSmaller(
  source: SourceModel,
  original: SourceModel,
  settings: Settings,
): Promise<void> {
  const { data, quiet, out, importance, report } = settings;
  if (hasGoal(settings) && out === undefined)
    throw new OptionError('out', 'give the ONNX file to write');
  const images = data === undefined ? undefined : openData(data, settings);
  const found = await watchedToTheEnd(quiet, watch =>
    study(source, images, settings, { ...nodeEnvironment(settings.provider), ...watch }),
  );
  const columns = { [found.settings.criterion]: found.importance };
  const files: NamedFile[] = [[out!, writeModel(withOutputsAs(found.model, original.model))]];
  if (importance !== undefined)
    files.push([importance, importanceCsv(found.channels.groups, columns)]);
  if (report !== undefined) files.push(...reportFiles(found, report));
  writeTogether(files);
  if (found.description) speaker(quiet)(found.description);
  show(settings, [withFlags(pruneText(found))], pruneReport(found));
}

/** Files of a report: the JSON file that is asked for, or those in the folder. */
const reportNames = (path: string): string[] =>
  path.endsWith('.json') ? [path] : pruneFileNames.map(name => join(path, name));

/** The command that repeats it. */
const words = (): string[] | undefined => commandWords(name => incidental.has(name));

/** A folder with the report and its picture, or a JSON file alone. */
const reportFiles = (found: Pruned, path: string): NamedFile[] =>
  path.endsWith('.json')
    ? [[path, pruneJson(found, words())]]
    : pruneFiles(found, words(), warn).map(([name, contents]) => [join(path, name), contents]);
