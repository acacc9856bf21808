import type { Fact, PageTable } from '@nads/report';
import { fileName } from '../../file-name.js';
import { checkpointFile, checkpointSettings } from '../../train/checkpoint-codec.js';
import { decodeHistory, historyFile, type EpochRecord } from '../../train/history-codec.js';
import type { ReportedCurve } from '../reported-curve.js';
import type { ReadPart } from '../reported-part.js';
import { shown } from '../shown.js';

/** A training, or a fine-tuning. */
export const reportedTraining: ReadPart = async saved => {
  const history = decodeHistory(await saved.text(historyFile), saved.path(historyFile));
  const arrays = await saved.arrays(checkpointFile);
  const settings = checkpointSettings(arrays);
  const { architecture, model = 'a model' } = settings;
  return {
    title: `Training of ${architecture ?? fileName(model)}`,
    facts: [...settingFacts(settings), ...bestFacts(history)],
    curves: [lossCurve(history), ...accuracyCurves(history)],
    tables: [historyTable(history)],
  };
};

type Settings = ReturnType<typeof checkpointSettings>;

const settingFacts = ({ direction, data, ...settings }: Settings): Fact[] => [
  ...(direction === undefined ? [] : [['images along', direction] as const]),
  ...(data === undefined ? [] : [['images', data] as const]),
  ['optimizer', settings.optimizer],
  ['learning rate', `${settings.rate}, ${settings.schedule}`],
  ['momentum', String(settings.momentum)],
  ['weight decay', String(settings.weightDecay)],
  ['epochs', String(settings.epochs)],
  ['batch', String(settings.batch)],
  ['seed', String(settings.seed)],
];

function bestFacts(history: readonly EpochRecord[]): Fact[] {
  const tested = history.filter(({ testAccuracy }) => testAccuracy !== undefined);
  if (tested.length === 0) return [];
  const best = tested.reduce((a, b) => (b.testAccuracy! > a.testAccuracy! ? b : a));
  return [['best test accuracy', `${shown(best.testAccuracy)} % after epoch ${best.epoch}`]];
}

const lossCurve = (history: readonly EpochRecord[]): ReportedCurve => ({
  name: 'losses',
  title: 'Loss in training',
  x: epochs,
  y: { title: 'training cross-entropy, nats', scale: 'log' },
  series: { x: history.map(({ epoch }) => epoch), y: history.map(({ loss }) => loss) },
});

/** On images that were not trained on, where there are such. */
function accuracyCurves(history: readonly EpochRecord[]): ReportedCurve[] {
  const y = history.map(({ testAccuracy = NaN }) => testAccuracy);
  if (!y.some(Number.isFinite)) return [];
  const axes = { x: epochs, y: { title: 'correct, %', domain: [0, 100] as const } };
  const series = { x: history.map(({ epoch }) => epoch), y };
  return [{ name: 'accuracies', title: 'Test accuracy', ...axes, series }];
}

const epochs = { title: 'epoch', whole: true };

const historyTable = (history: readonly EpochRecord[]): PageTable => ({
  caption: 'Epochs',
  head: ['epoch', 'loss', 'training accuracy, %', 'test accuracy, %'],
  rows: history.map(({ epoch, loss, trainAccuracy, testAccuracy }) => [
    String(epoch),
    shown(loss),
    shown(trainAccuracy),
    shown(testAccuracy),
  ]),
});
