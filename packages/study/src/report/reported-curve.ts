import type { AxisOptions, Series } from '@nads/report';

/** A line of a result that is drawn together with those of others. */
export interface ReportedCurve {
  /** Which lines belong together: of the picture's file, without its ending. */
  readonly name: string;
  readonly title: string;
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  readonly series: Omit<Series, 'label'>;
}
