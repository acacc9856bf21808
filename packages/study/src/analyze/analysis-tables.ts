import { degrees } from '@nads/linalg';
import type { PageTable } from '@nads/report';
import { tops } from './analysis-numbers.js';
import type { TabledAnalysis, TabledClass, TabledComparison } from './tabled-analysis.js';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const angle = (radians: number): string => `${degrees(radians).toFixed(1)}°`;
const known = (value: string | undefined): string => value ?? '-';

/** The main numbers of an analysis, for the terminal and the page. */
export function analysisTables(numbers: TabledAnalysis): PageTable[] {
  const { comparison } = numbers;
  return [
    ...(comparison ? [overlaps(comparison), energies(comparison)] : []),
    frequencies(numbers),
    classTable(numbers.classes),
  ];
}

function overlaps({ angles, channelShares }: TabledComparison): PageTable {
  const inChannels = channelShares.length > 0;
  return {
    caption:
      'Share of the span of the first k eigenvectors of data gradients that lies in the span of the first NADs',
    head: [
      'k',
      'NADs',
      'overlap',
      'chance',
      'smallest angle',
      'median',
      'largest',
      ...(inChannels ? ['per channel', 'chance'] : []),
    ],
    rows: angles.map(({ share, angles: radians }) => [
      String(share.top),
      String(share.dimension),
      share.overlap.toFixed(4),
      share.chance.toFixed(4),
      angle(radians[0]),
      angle(radians[radians.length >> 1]),
      angle(radians[radians.length - 1]),
      ...(inChannels ? perChannel(channelShares, share.top) : []),
    ]),
  };
}

function perChannel(channelShares: TabledComparison['channelShares'], top: number): string[] {
  const found = channelShares.flatMap(shares => shares.filter(share => share.top === top));
  return [
    known(found.map(({ overlap }) => overlap.toFixed(3)).join(' ') || undefined),
    known(found[0]?.chance.toFixed(4)),
  ];
}

function energies({ cumulativeEnergy, shares }: TabledComparison): PageTable {
  const { length } = cumulativeEnergy;
  const dimension = shares[0].dimension / shares[0].chance;
  const counts = [10, 30, 100, 300, 1000, 3000].filter(k => k < length);
  return {
    caption: 'Share of the energy of data gradients in the span of the first NADs',
    head: ['NADs', 'energy', 'chance'],
    rows: [...counts, length].map(k => [
      String(k),
      percent(cumulativeEnergy[k - 1]),
      percent(k / dimension),
    ]),
  };
}

function frequencies({ profile, comparison }: TabledAnalysis): PageTable {
  const row = (name: string, low: number): string[] => [name, percent(low), percent(1 - low)];
  return {
    caption: 'Fourier energy below and above half of the Nyquist frequency',
    head: ['', 'below', 'above'],
    rows: [
      row('data gradients', profile.low),
      ...(comparison?.profile ? [row('NADs', comparison.profile.low)] : []),
      row('white noise', profile.lowChance),
    ],
  };
}

function classTable(classes: readonly TabledClass[]): PageTable {
  const at = (shares: TabledClass['shares'], top: number): string =>
    known(shares?.find(share => share.top === top)?.overlap.toFixed(3));
  const shown = tops.filter(top => top === 10 || top === 50);
  const compared = classes.some(({ shares }) => shares);
  return {
    caption: 'Classes: images, accuracy, E‖∇f‖², effective rank',
    head: [
      'class',
      'images',
      'accuracy',
      'energy',
      'effective rank',
      ...(compared ? shown.map(top => `overlap at ${top}`) : []),
    ],
    rows: classes.map(({ name, images, correct, trace, effectiveRank, shares }) => [
      name,
      String(images),
      known(correct === undefined ? undefined : percent(correct / images)),
      trace.toPrecision(3),
      known(effectiveRank?.toFixed(1)),
      ...(compared ? shown.map(top => at(shares, top)) : []),
    ]),
  };
}
