import { heading, headingHeight } from './heading.js';
import { faintInk, ink, paletteColour } from './palette.js';
import { element, escaped } from './svg.js';
import { svgDocument } from './svg-document.js';

/** A graph whose nodes stand in a row. */
export interface ArcDiagramOptions {
  /** Names of nodes, from left to right. */
  readonly nodes: readonly string[];
  /** Between nodes, by their places in the row; arcs of the same label have the same colour. */
  readonly arcs: readonly { readonly from: number; readonly to: number; readonly label: string }[];
  readonly title?: string;
}

/** Pixels between nodes and around all, the radius of a node, and how far an arc rises for each node that it passes. */
const [step, margin, radius, rise] = [190, 40, 8, 46];

/**
 * A graph as a self-contained SVG document: nodes in a row, arcs above it, each labelled at its top.
 * @throws where an arc begins or ends at no node
 */
export function arcDiagram({ nodes, arcs, title }: ArcDiagramOptions): string {
  const labels = [...new Set(arcs.map(({ label }) => label))];
  const width = 2 * margin + step * Math.max(1, nodes.length - 1);
  const spans = arcs.map(({ from, to }) => Math.abs(to - from));
  const top = 14 + headingHeight(title, width - 2 * margin);
  const baseline = top + 24 + rise * Math.max(1, ...spans);
  const frame = { left: margin, top, width: width - 2 * margin, height: baseline - top };
  const place = (node: number): number => {
    if (!(node in nodes)) throw new Error(`arc diagram: there is no node ${node}`);
    return margin + step * node;
  };
  return svgDocument(
    { width, height: baseline + 44, fontSize: 12 },
    heading(title, frame),
    ...arcs.map(({ from, to, label }) =>
      arc(place(from), place(to), baseline, label, paletteColour(labels.indexOf(label))),
    ),
    ...nodes.map((name, i) => dot(place(i), baseline, name)),
  );
}

function arc(from: number, to: number, y: number, label: string, colour: string): string {
  const height = (rise * Math.abs(to - from)) / step;
  const middle = (from + to) / 2;
  // the top of the curve is at three quarters of its control points
  const control = y - (height * 4) / 3;
  const d = `M${from} ${y}C${from} ${control} ${to} ${control} ${to} ${y}`;
  return (
    element('path', { d, fill: 'none', stroke: colour, 'stroke-width': 1.75 }) +
    element(
      'text',
      { x: middle, y: y - height - 5, 'text-anchor': 'middle', fill: ink },
      escaped(label),
    )
  );
}

const dot = (x: number, y: number, name: string): string =>
  element('circle', { cx: x, cy: y, r: radius, fill: ink }) +
  element('text', { x, y: y + 28, 'text-anchor': 'middle', fill: faintInk }, escaped(name));
