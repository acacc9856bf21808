import { page, type PagePart, type PageSection } from '@nads/report';
import { svgOf, type OnWarning, type Picture } from '../picture.js';
import { askedFacts } from './asked.js';
import { commandLine } from './command-line.js';
import { comparisonSection } from './comparison-section.js';
import type { Report } from './report.js';
import type { ReportedResult } from './reported-result.js';

/** A report as one HTML document. @param onWarning told which pictures could not be drawn, and are left out */
export function reportPage(report: Report, onWarning: OnWarning): string {
  const { results, failures } = report;
  const title =
    results.length === 1 ? titleOf(results[0]) : `${results.length} results side by side`;
  return page({
    title,
    parts: failures.map(({ message }) => ({ paragraph: `Left out: ${message}` })),
    sections: [
      ...(results.length > 1 ? [comparisonSection(report)] : []),
      ...results.map(result => resultSection(result, headingOf(result, results), onWarning)),
    ],
  });
}

const titleOf = ({ parts }: ReportedResult): string => parts.map(({ title }) => title).join(', ');

/** The title stands above a report of one result. */
const headingOf = (result: ReportedResult, { length }: Report['results']): string =>
  length === 1 ? result.name : `${result.name}: ${titleOf(result)}`;

const resultSection = (
  result: ReportedResult,
  heading: string,
  onWarning: OnWarning,
): PageSection => ({
  heading,
  parts: [
    ...askedParts(result),
    ...result.parts.map(({ facts }) => ({ facts })),
    { figures: shownPictures(result).flatMap(picture => figureOf(picture, onWarning)) },
    ...result.parts.flatMap(({ tables }) => tables.map(table => ({ table }))),
  ],
});

/** Pictures that are on a sheet together are not shown again by themselves. */
const shownPictures = ({ pictures }: ReportedResult): readonly Picture[] =>
  pictures.filter(({ isOnSheet }) => !isOnSheet);

/** The command that repeats it, where it was written down, and all that it depends on. */
function askedParts({ name, record, parts }: ReportedResult): PagePart[] {
  if (!record) return parts.flatMap(({ command }) => (command ? [commandPart(command)] : []));
  const { arguments: words, finished } = record;
  return [
    ...(finished ? [] : [{ paragraph: 'This run was not done when the report was made.' }]),
    ...(words ? [commandPart([...words, '--out', name])] : []),
    { details: 'What was asked', facts: askedFacts(record) },
  ];
}

const commandPart = (words: readonly string[]): PagePart => ({
  command: commandLine(['nads', ...words]),
});

function figureOf(picture: Picture, onWarning: OnWarning) {
  const { name, caption = name } = picture;
  try {
    return [{ name, svg: svgOf(picture), caption }];
  } catch (error) {
    onWarning(`picture '${name}' could not be drawn: ${(error as Error).message}`);
    return [];
  }
}
