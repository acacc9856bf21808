import { encodeNpz } from '@nads/dataset';
import { page } from '@nads/report';
import { fileName } from '../file-name.js';
import { filesOfPictures, type Picture } from '../picture.js';
import type { NamedFile } from '../store.js';
import { analysisArrays } from './analysis-arrays.js';
import { analysisLines } from './analysis-lines.js';
import { analysisPictures } from './analysis-pictures.js';
import { analysisSummary } from './analysis-summary.js';
import { analysisTables } from './analysis-tables.js';
import type { Analysis } from './analyze.js';

/** analysis.json, analysis.npz, index.html and its pictures. */
export function analysisFiles(analysis: Analysis): NamedFile[] {
  const [summary, arrays] = [analysisSummary(analysis), analysisArrays(analysis)];
  const pictures = analysisPictures({ summary, arrays });
  return [
    ['analysis.json', `${JSON.stringify(summary, null, 2)}\n`],
    ['analysis.npz', encodeNpz(Object.fromEntries(arrays))],
    ...filesOfPictures(pictures),
    ['index.html', pageOf(analysis, pictures)],
  ];
}

const pageOf = (analysis: Analysis, pictures: readonly Picture[]): string =>
  page({
    title: `Data gradients of ${fileName(analysis.source.name)}`,
    paragraphs: analysisLines(analysis),
    pictures: pictures.map(({ name, caption = '' }) => ({ file: `${name}.svg`, caption })),
    tables: analysisTables(analysis.numbers),
  });
