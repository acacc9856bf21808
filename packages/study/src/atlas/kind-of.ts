/** Of an estimate. */
interface ProbeSettings {
  readonly probe: string;
  readonly step: number | null;
  readonly basis: string;
  readonly points: number;
}

/** How the networks of an atlas, or of an estimate, were probed, in words: what all estimates of an atlas have in common. */
export function kindOf({ settings }: { readonly settings: ProbeSettings }): string {
  const { probe, step, basis, points } = settings;
  const what = step === null ? `${probe}s` : `${probe}s of step ${step}`;
  return `${what}, basis ${basis}, ${points} point(s)`;
}
