import { axis, type Axis } from './axis.js';
import { horizontalAxis } from './axis-marks.js';
import type { Frame } from './frame.js';
import { heading, headingHeight } from './heading.js';
import { ink, paletteColour } from './palette.js';
import { element, escaped } from './svg.js';
import { svgDocument } from './svg-document.js';
import { textWidth } from './text-width.js';

/** A tree of items by their numbers; branches stand at a height. */
export type DendrogramTree =
  | { readonly leaf: number }
  | { readonly branches: readonly [DendrogramTree, DendrogramTree]; readonly height: number };

/** Options of `dendrogram`. */
export interface DendrogramOptions {
  readonly tree: DendrogramTree;
  /** Of the items, by their numbers. */
  readonly labels: readonly string[];
  /** Colours of the items by what they belong to, as numbers of the palette. */
  readonly kinds?: readonly number[];
  readonly title?: string;
  /** What heights are. */
  readonly x?: string;
  /** In pixels. */
  readonly width?: number;
}

const fontSize = 12;
const rowHeight = 15;
const margin = 18;

/** A tree from its root on the left to its leaves on the right as a self-contained SVG document. @throws where a leaf has no label */
export function dendrogram(options: DendrogramOptions): string {
  const { tree, labels, title, x, width = 720 } = options;
  const leaves = leavesOf(tree);
  const missing = leaves.find(leaf => labels[leaf] === undefined);
  if (missing !== undefined) throw new Error(`dendrogram: leaf ${missing} has no label`);
  const names = margin + Math.max(...leaves.map(leaf => textWidth(labels[leaf], fontSize)));
  const top = 14 + headingHeight(title, width - 2 * margin);
  const frame = {
    left: margin,
    top,
    width: Math.max(1, Math.round(width - margin - names)),
    height: leaves.length * rowHeight,
  };
  const scale = axis([], { domain: [heightOf(tree) || 1, 0] });
  return svgDocument(
    { width, height: top + frame.height + 56, fontSize },
    heading(title, { ...frame, width: width - 2 * margin }),
    horizontalAxis(scale, x, frame),
    element('path', {
      d: branchPath(tree, { leaves, scale, frame }).path,
      fill: 'none',
      stroke: ink,
    }),
    ...leaves.map((leaf, row) => leafMark(options, leaf, row, frame)),
  );
}

const leavesOf = (tree: DendrogramTree): number[] =>
  'leaf' in tree ? [tree.leaf] : tree.branches.flatMap(leavesOf);

const heightOf = (tree: DendrogramTree): number => ('leaf' in tree ? 0 : tree.height);

interface Place {
  readonly leaves: readonly number[];
  readonly scale: Axis;
  readonly frame: Frame;
}

/** Lines of a tree, and where its root is. */
function branchPath(tree: DendrogramTree, place: Place): { path: string; x: number; y: number } {
  const { leaves, scale, frame } = place;
  const x = frame.left + scale.place(heightOf(tree)) * frame.width;
  if ('leaf' in tree)
    return { path: '', x, y: frame.top + (leaves.indexOf(tree.leaf) + 0.5) * rowHeight };
  const [a, b] = tree.branches.map(branch => branchPath(branch, place));
  const lines = [a, b].map(end => `M${end.x.toFixed(1)} ${end.y.toFixed(1)}H${x.toFixed(1)}`);
  const joint = `M${x.toFixed(1)} ${a.y.toFixed(1)}V${b.y.toFixed(1)}`;
  return { path: a.path + b.path + lines.join('') + joint, x, y: (a.y + b.y) / 2 };
}

function leafMark(
  { labels, kinds }: DendrogramOptions,
  leaf: number,
  row: number,
  { left, top, width }: Frame,
): string {
  const y = top + (row + 0.5) * rowHeight;
  const fill = kinds ? paletteColour(kinds[leaf]) : ink;
  return element('text', { x: left + width + 6, y: y + 4, fill }, escaped(labels[leaf]));
}
