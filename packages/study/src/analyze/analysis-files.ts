import { encodeNpz } from '@nads/dataset';
import { page } from '@nads/report';
import { fileName } from '../file-name.js';
import { filesOfPictures, type OnWarning, type Picture } from '../picture.js';
import type { NamedFile } from '../store.js';
import { SavedArrays } from '../saved-arrays.js';
import { analysisArrays } from './analysis-arrays.js';
import { analysisLines } from './analysis-lines.js';
import { analysisPictures } from './analysis-pictures.js';
import { analysisSummary } from './analysis-summary.js';
import { analysisTables } from './analysis-tables.js';
import type { Analysis } from './analyze.js';
import { picturedAnalysis } from './pictured-analysis.js';

/** analysis.json, analysis.npz, index.html and its pictures. */
export function analysisFiles(analysis: Analysis, onWarning?: OnWarning): NamedFile[] {
  const [summary, arrays] = [analysisSummary(analysis), analysisArrays(analysis)];
  const saved = new SavedArrays(arrays, 'analysis.npz');
  const pictures = analysisPictures(picturedAnalysis(summary, saved));
  const files = filesOfPictures(pictures, onWarning);
  const names = new Set(files.map(([name]) => name));
  const shown = pictures.filter(({ name }) => names.has(`${name}.svg`));
  return [
    ['analysis.json', `${JSON.stringify(summary, null, 2)}\n`],
    ['analysis.npz', encodeNpz(Object.fromEntries(arrays))],
    ...files,
    ['index.html', pageOf(analysis, shown)],
  ];
}

const pageOf = (analysis: Analysis, pictures: readonly Picture[]): string =>
  page({
    title: `Data gradients of ${fileName(analysis.source.name)}`,
    paragraphs: analysisLines(analysis),
    pictures: pictures.map(({ name, caption = '' }) => ({ file: `${name}.svg`, caption })),
    tables: analysisTables(analysis.numbers),
  });
