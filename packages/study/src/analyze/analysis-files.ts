import { encodeNpz } from '@nads/dataset';
import { page, type PageFigure } from '@nads/report';
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
  return [
    ['analysis.json', `${JSON.stringify(summary, null, 2)}\n`],
    ['analysis.npz', encodeNpz(Object.fromEntries(arrays))],
    ...files,
    ['index.html', pageOf(analysis, figuresOf(pictures, files))],
  ];
}

/** Those that could be drawn. */
function figuresOf(pictures: readonly Picture[], files: readonly NamedFile[]): PageFigure[] {
  const drawn = new Map(files);
  return pictures.flatMap(({ name, caption = name }) => {
    const svg = drawn.get(`${name}.svg`);
    return typeof svg === 'string' ? [{ name, svg, caption }] : [];
  });
}

const pageOf = (analysis: Analysis, figures: readonly PageFigure[]): string =>
  page({
    title: `Data gradients of ${fileName(analysis.source.name)}`,
    parts: [
      ...analysisLines(analysis).map(paragraph => ({ paragraph })),
      { figures },
      ...analysisTables(analysis.numbers).map(table => ({ table })),
    ],
  });
