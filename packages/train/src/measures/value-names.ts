/** Names of the values of an exported dynamic layer that hold the measures of all pixels. */
export const measureValues = {
  /** d: [N, k², h, w]. */
  diagonal: (layer: string): string => `${layer}/measure`,
  /** M − I: [N, h, w, k², k²]. */
  unconstrained: (layer: string): string => `${layer}/measure less identity`,
} as const;
