/** The outcome of a benchmark for people: a row a result, then the notes. */
export function table({ results, peer, machine, load_average, notes = [] }) {
  const rows = [
    ['', 'ours', 'peer', 'ratio', 'target', ''],
    ...results.map(result => [
      result.name,
      time(result.ours_seconds),
      time(result.peer_seconds),
      result.ratio === null ? '' : result.ratio.toFixed(3),
      target(result),
      result.compared ?? '',
    ]),
  ];
  const head = `${machine}; load average before: ${load_average.toFixed(1)}\npeer: ${peer ?? 'none (no Python with the packages it needs)'}\n\n`;
  return `${head}${aligned(rows)}\n${[notes]
    .flat()
    .map(note => `${note}\n`)
    .join('')}`;
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  const pad = (cell, column) =>
    column === 0 || column === widths.length - 1
      ? cell.padEnd(widths[column])
      : cell.padStart(widths[column]);
  return rows.map(row => `${row.map(pad).join('  ').trimEnd()}\n`).join('');
}

function time(seconds) {
  if (seconds === null || seconds === undefined) return '';
  if (seconds < 1e-3) return `${(seconds * 1e6).toPrecision(3)} µs`;
  if (seconds < 1) return `${(seconds * 1e3).toPrecision(3)} ms`;
  return `${seconds.toPrecision(3)} s`;
}

/** The largest ratio, or where there is no peer the longest time, that is asked for. */
function target({ target: limit, ratio, ours_seconds: seconds }) {
  if (limit === undefined) return '';
  const value = ratio ?? seconds;
  return `≤ ${Number(limit.toPrecision(3))}${ratio === null ? ' s' : ''}${value <= limit ? '' : ' missed'}`;
}
