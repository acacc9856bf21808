import type { PageTable } from '@nads/report';
import { fileName } from '../../file-name.js';
import { parseSaliencySummary, type SaliencySummary } from '../../saliency/saliency-summary.js';
import { modelFacts } from '../model-facts.js';
import type { ReadPart } from '../reported-part.js';
import { percent, shown } from '../shown.js';

/** Saliency maps: which output of each picture, and how complete the attributions are. */
export const reportedSaliency: ReadPart = async saved => {
  const file = saved.path('saliency.json');
  const { model, preprocessing, settings, images, runtime } = parseSaliencySummary(
    file,
    await saved.text('saliency.json'),
  );
  return {
    title: `Saliency of ${fileName(model.file)}`,
    facts: [
      ...modelFacts(model),
      ['preprocessing', preprocessing.description],
      ['methods', settings.methods.join(', ')],
      ['baseline', `${settings.baseline}, ${settings.steps} steps`],
      ['noise', `${settings.noise}, ${settings.samples} samples, seed ${settings.seed}`],
      ['runtime', runtime],
    ],
    tables: [pictureTable(images)],
  };
};

const pictureTable = (images: SaliencySummary['images']): PageTable => ({
  caption: 'Pictures',
  head: ['picture', 'output', 'predicted', 'value', 'probability', 'completeness gap'],
  rows: images.map(({ file, output, predicted, value, probability, completeness }) => [
    fileName(file),
    String(output),
    String(predicted),
    shown(value),
    percent(probability),
    percent(completeness?.relative_gap),
  ]),
});
