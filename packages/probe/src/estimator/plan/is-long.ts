import type { Model } from '@nads/onnx';
import { mostRewritten } from '@nads/runtime';

/**
 * Whether a network has so many nodes that it is run as it is: ways to run it faster are sought for in time that grows with
 * their number, and the runtime does not rewrite it either.
 */
export const isLong = ({ graph }: Model): boolean => graph.nodes.length > mostRewritten;
