import { chart, type PageFigure } from '@nads/report';
import type { ReportedCurve } from './reported-curve.js';
import type { ReportedResult } from './reported-result.js';

/** Colours of the palette: further lines are dashed. */
const colours = 7;

/** The lines of several results in one chart, a chart for each kind of which there are several. */
export function curveFigures(results: readonly ReportedResult[]): PageFigure[] {
  const found = new Map<string, LabelledCurve[]>();
  for (const { name: label, parts } of results)
    for (const curve of parts.flatMap(part => part.curves ?? []))
      found.set(curve.name, [...(found.get(curve.name) ?? []), { ...curve, label }]);
  return [...found.values()].filter(({ length }) => length > 1).map(figureOf);
}

interface LabelledCurve extends ReportedCurve {
  readonly label: string;
}

function figureOf(curves: readonly LabelledCurve[]): PageFigure {
  const [{ name, title, x, y }] = curves;
  const series = curves.map((one, i) => ({
    ...one.series,
    label: one.label,
    dashed: i >= colours,
  }));
  return { name, caption: title, svg: chart({ title, x, y, series }) };
}
