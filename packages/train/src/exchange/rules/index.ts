import type { LayerRule } from '../layer-rule.js';
import { channelNormalization } from './channel-normalization.js';
import { channelScale } from './channel-scale.js';
import { conv2d } from './conv2d.js';
import { dense } from './dense.js';
import { activation, dropout, maskedDropout, reLU } from './elementwise.js';
import {
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  maxPooling2d,
} from './pooling2d.js';
import { measuredConvolution } from './measured-convolution.js';
import { normalizedConvolution } from './normalized-convolution.js';
import { add, concatenate, flatten, multiply } from './shaping.js';
import { similarityConvolution } from './similarity-convolution.js';
import { zeroPadding2d } from './zero-padding2d.js';
import { zeros } from './zeros.js';

const rules: readonly LayerRule[] = [
  activation,
  add,
  averagePooling2d,
  channelNormalization,
  channelScale,
  concatenate,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAveragePooling2d,
  globalMaxPooling2d,
  maskedDropout,
  maxPooling2d,
  measuredConvolution,
  multiply,
  normalizedConvolution,
  reLU,
  similarityConvolution,
  zeroPadding2d,
  zeros,
];

const byClass = new Map(rules.map(rule => [rule.className, rule]));

/** The rule for layers of a class. @throws where there is none, listing those there are. */
export function ruleOf(className: string): LayerRule {
  const rule = byClass.get(className);
  if (rule) return rule;
  throw new Error(
    `is a ${className}, which cannot be exported; supported are ${[...byClass.keys()].join(', ')}`,
  );
}
