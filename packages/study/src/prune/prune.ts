import { pixelsOf } from '@nads/basis';
import type { LabelledImages } from '@nads/dataset';
import { Random } from '@nads/linalg';
import {
  batchDims,
  imageInput,
  inlineFunctions,
  writeModel,
  type ImageInput,
  type Model,
} from '@nads/onnx';
import { supportedModel } from '@nads/probe';
import {
  analysedNetwork,
  channelGroups,
  channelUnit,
  checkRemoval,
  chooseChannels,
  chunksByImportance,
  measureImportance,
  shrink,
  sizeWithout,
  type Channel,
  type ChannelGroup,
  type Criterion,
  type Channels,
  type NetworkSize,
  type WholeGroup,
} from '@nads/prune';
import { float32, type Value, type Values } from '@nads/runtime';
import type { Environment } from '../environment.js';
import { about } from '../named-error.js';
import type { SourceModel } from '../source-model.js';
import { imageOptions } from '../trained/trained-model.js';
import { evaluate, type Quality } from './evaluate.js';
import { asInput, pruneData, type PruneData } from './prune-data.js';
import {
  pruneSettings,
  type AllPruneSettings,
  type PruneSettings,
  type UnresolvedSettings,
} from './prune-settings.js';
import { timeRuns } from './time-runs.js';

/** A network before or after. */
export interface PrunedState extends NetworkSize {
  /** Of the file. */
  readonly bytes: number;
  /** Channels that can be removed. */
  readonly channels: number;
  /** Milliseconds that onnxruntime takes for one minibatch, or for one image without data, on one thread. */
  readonly milliseconds: number;
  /** On the images, where there are any. */
  readonly quality?: Quality;
}

/** A group of channels, and how many are left of it. */
export interface PrunedGroup {
  readonly group: ChannelGroup;
  readonly left: number;
}

/** A model without some of its channels. */
export interface Pruned {
  readonly source: SourceModel;
  readonly settings: AllPruneSettings;
  readonly description?: string;
  readonly model: Model;
  /** Of the model as it was. */
  readonly channels: Channels;
  readonly before: PrunedState;
  readonly after: PrunedState;
  readonly groups: readonly PrunedGroup[];
  /** Groups that cannot be pruned. */
  readonly whole: readonly WholeGroup[];
  /** Importance of every channel of every group before anything is removed. */
  readonly importance: readonly Float64Array[];
  /** How far outputs are from those of the model with the weights of removed channels at 0, relative to the largest. */
  readonly difference: number;
  readonly runtime: string;
}

/**
 * Removes the channels of a model that matter least, in rounds.
 * @param images with labels; undefined for criteria of weights alone.
 * @throws the signal's reason once it is aborted; OptionError for options that do not fit; one line that names the model where it
 * cannot be pruned
 */
export async function prune(
  source: SourceModel,
  images: LabelledImages | undefined,
  given: PruneSettings,
  environment: Environment,
): Promise<Pruned> {
  const settings = pruneSettings(given, images !== undefined);
  return about(source.name, () => new Pruning(source, images, settings, environment).run());
}

/** What is known of a network in one round. */
interface State {
  readonly channels: Channels;
  readonly importance: readonly Float64Array[];
}

class Pruning {
  private readonly source: SourceModel;
  private readonly settings: AllPruneSettings;
  private readonly environment: Environment;
  private readonly original: Channels;
  private readonly data: PruneData | undefined;
  private readonly feeds: Values;
  private readonly options: ReturnType<typeof imageOptions>;
  private difference = 0;

  constructor(
    source: SourceModel,
    images: LabelledImages | undefined,
    settings: UnresolvedSettings,
    environment: Environment,
  ) {
    [this.source, this.environment] = [source, environment];
    const model = inlineFunctions(source.model);
    supportedModel(model);
    this.options = imageOptions(settings.preprocessing);
    this.original = this.channelsOf(model);
    this.settings = { ...settings, criterion: settings.criterion ?? this.usualCriterion(images) };
    const { image, fixedBatch } = analysedNetwork(this.original, this.options);
    this.data = images && pruneData(images, image, settings, fixedBatch);
    const found = imageInput(model, this.options);
    this.feeds = { [image.name]: someImages(found, this.data) };
  }

  async run(): Promise<Pruned> {
    const { settings, original } = this;
    requireChannels(original);
    const importance = await this.importanceOf(original);
    const last = await this.rounds({ channels: original, importance });
    const [before, after] = await this.states([original, last.channels]);
    return {
      source: this.source,
      settings,
      description: this.data?.description,
      model: last.channels.model,
      channels: original,
      before,
      after,
      groups: groupsLeft(original, last.channels),
      whole: original.whole,
      importance,
      difference: this.difference,
      runtime: this.environment.runtime.name,
    };
  }

  /** Curvature takes a run for each class, which pays where they are few. */
  private usualCriterion(images: LabelledImages | undefined): Criterion {
    if (!images) return 'magnitude';
    return classesOf(this.original) <= mostClasses ? 'diagonal' : 'first-order';
  }

  private channelsOf(model: Model): Channels {
    const image = imageInput(model, this.options);
    return channelGroups(model, { [image.name]: batchDims(image, image.batch ?? 1) });
  }

  /** Removes channels round by round until the goal is reached. */
  private async rounds(start: State): Promise<State> {
    const { rounds, until } = this.settings;
    const { signal, onProgress } = this.environment;
    let state = start;
    for (let i = 1; until !== undefined || i <= rounds; i++) {
      signal?.throwIfAborted();
      const smaller = await this.round(state, start.channels, i);
      if (!smaller || !(await this.isGoodEnough(smaller.channels))) break;
      onProgress?.({ unit: 'rounds', done: i, total: until === undefined ? rounds : i + 1 });
      state = i === rounds && until === undefined ? smaller : await this.measured(smaller);
    }
    return state;
  }

  /** The network without the channels of one more round; undefined where there are none left to remove. */
  private async round(
    { channels, importance }: State,
    start: Channels,
    round: number,
  ): Promise<State | undefined> {
    const chunks = chunksByImportance(channels.groups, importance, this.settings.round);
    const removed = chooseChannels(channels, chunks, this.goal(channels, start, round));
    if (removed.length === 0)
      return this.settings.until === undefined ? { channels, importance } : undefined;
    const model = shrink(channels, removed);
    const { runtime } = this.environment;
    const found = await checkRemoval(channels, removed, model, this.feeds, runtime);
    this.difference = Math.max(this.difference, found);
    const smaller = this.channelsOf(model);
    return {
      channels: smaller,
      importance: importanceLeft({ channels, importance }, removed, smaller),
    };
  }

  private goal(channels: Channels, start: Channels, round: number) {
    const { remove, macs, until, rounds } = this.settings;
    const total = countOf(start);
    if (until !== undefined) return { channels: Math.ceil(total / 20) };
    const part = round / rounds;
    if (macs !== undefined) return { macs: (1 - macs * part) * sizeWithout(start, []).macs };
    const gone = total - countOf(channels);
    return { channels: Math.round((remove ?? 0) * part * total) - gone };
  }

  private async isGoodEnough(channels: Channels): Promise<boolean> {
    const { until } = this.settings;
    return until === undefined || (await this.qualityOf(channels))!.loss <= until;
  }

  /** A state whose importance is measured again; earlier rounds count, too. */
  private async measured({ channels, importance }: State): Promise<State> {
    const { momentum } = this.settings;
    const now = await this.importanceOf(channels);
    const mixed = now.map((list, g) =>
      list.map((value, i) => momentum * importance[g][i] + (1 - momentum) * value),
    );
    return { channels, importance: mixed };
  }

  private async importanceOf(channels: Channels): Promise<Float64Array[]> {
    const { criterion, seed } = this.settings;
    const analysed = analysedNetwork(channels, this.options);
    const units = channels.groups.flatMap(group =>
      group.channels.map(channel => channelUnit(channel, analysed.filters)),
    );
    const classes = classesOf(channels);
    const { runtime, signal } = this.environment;
    const all = await measureImportance(
      { analysed, inference: channels.inference, units, classes },
      criterion,
      {
        runtime,
        batches: this.data?.batches ?? [],
        random: new Random(seed).fork('importance'),
        signal,
      },
    );
    let start = 0;
    return channels.groups.map(({ channels: { length } }) => all.slice(start, (start += length)));
  }

  private async qualityOf(channels: Channels): Promise<Quality | undefined> {
    if (!this.data) return undefined;
    const { runtime } = this.environment;
    const { loss, accuracy, images } = await evaluate(
      analysedNetwork(channels, this.options),
      this.data.batches,
      runtime,
    );
    return { loss, accuracy, images };
  }

  private async states(networks: readonly Channels[]): Promise<PrunedState[]> {
    const { feeds, environment } = this;
    const models = networks.map(({ model }) => model);
    const times = await timeRuns(models, feeds, environment.runtime);
    const states: PrunedState[] = [];
    for (const [i, channels] of networks.entries())
      states.push({
        ...sizeWithout(channels, []),
        bytes: i === 0 ? this.source.bytes : writeModel(channels.model).length,
        channels: countOf(channels),
        milliseconds: times[i],
        quality: await this.qualityOf(channels),
      });
    return states;
  }
}

/** Classes up to which curvature is the usual criterion. */
const mostClasses = 100;

const classesOf = ({ model, inference }: Channels): number =>
  inference.get(model.graph.outputs[0].name)?.dims?.at(-1) ?? 0;

/** @throws where a network has no channels that can go. */
function requireChannels({ groups, whole }: Channels): void {
  if (groups.some(({ channels }) => channels.length > 1)) return;
  const reasons = [...new Set(whole.map(({ reason }) => reason))];
  throw new Error(
    `it has no channels that can be removed${reasons.length > 0 ? `: ${reasons.join('; ')}` : ''}`,
  );
}

const countOf = ({ groups }: Channels): number =>
  groups.reduce((sum, { channels }) => sum + channels.length, 0);

const keyOf = ({ entries }: ChannelGroup): string => JSON.stringify(entries);

/** The importance of channels that are left, group by group of the smaller network. */
function importanceLeft(
  { channels: { groups }, importance }: State,
  removed: readonly Channel[],
  smaller: Channels,
): Float64Array[] {
  const gone = new Set(removed);
  const left = new Map(
    groups.map((group, g) => [
      keyOf(group),
      importance[g].filter((_, i) => !gone.has(group.channels[i])),
    ]),
  );
  return smaller.groups.map(group => left.get(keyOf(group))!);
}

/** How many channels are left of each group. */
function groupsLeft(before: Channels, after: Channels): PrunedGroup[] {
  const left = new Map(after.groups.map(group => [keyOf(group), group.channels.length]));
  return before.groups.map(group => ({ group, left: left.get(keyOf(group)) ?? 0 }));
}

/** As many images as the file wants in one run, or a minibatch; normal ones where there is no data. */
function someImages(image: ImageInput, data: PruneData | undefined): Value {
  const first = data?.batches[0].images;
  const count = image.batch ?? first?.dims[0] ?? 1;
  if (first && count <= first.dims[0]) {
    const pixels = (first.data as Float32Array).subarray(0, count * pixelsOf(image));
    return float32(pixels, [count, ...first.dims.slice(1)]);
  }
  const pixels = new Float32Array(count * pixelsOf(image));
  new Random('images').fillNormal(pixels, 0, 1);
  return asInput(image, pixels);
}
