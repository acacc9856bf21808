import type { Measurement } from '../lib/measurement.ts';

/** Why a measurement must not go onto a page: nothing where it may. */
export function unfit(measurement: Measurement): string[] {
  const { commit, modified, busy, load_average, comparable, results } = measurement;
  return [
    ...(commit === null ? ['its code is not under version control'] : []),
    ...(modified ? ['files differed from the commit'] : []),
    ...(busy ? [`the machine was busy (load average ${load_average.toFixed(1)})`] : []),
    ...(comparable ? [] : ['the peer had only the reference BLAS']),
    ...(results.length === 0 ? ['nothing was measured'] : []),
    ...(lacksPeer(measurement) ? ['there was no peer to compare with'] : []),
  ];
}

/** Whether something was to be compared with a peer that was not there. */
const lacksPeer = ({ peer, results }: Measurement): boolean =>
  peer === null &&
  results.some(
    ({ own, peer_seconds, target_seconds }) =>
      !own && peer_seconds === null && target_seconds === undefined,
  );
