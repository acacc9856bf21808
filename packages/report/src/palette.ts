/** Colours that colour-blind readers can tell apart. (Okabe & Ito 2008) */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];

/** The colour of the i-th series; after the seventh they come round again. */
export const paletteColour = (i: number) => colours[i % colours.length];

export const ink = '#222222';
export const faintInk = '#666666';
export const gridColour = '#e4e4e4';
