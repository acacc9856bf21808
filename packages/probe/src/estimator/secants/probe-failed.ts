/** Circumstances of secants that are not finite, and what to try. */
export const probeFailed = (step: number): string =>
  `for a probe of step ${step}; try a smaller \`step\` or another \`init\``;
