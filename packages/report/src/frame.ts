/** The rectangle in which a chart plots, in pixels of the whole picture. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}
