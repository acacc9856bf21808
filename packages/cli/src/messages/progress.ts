/** Shows how far a long task has come and how long it will still take. */
export class Progress {
  private readonly label: string;
  private readonly quiet: boolean;
  private readonly started = performance.now();
  private readonly terminal = process.stderr.isTTY;
  private shown = 0;
  private visible = false;

  /** @param quiet shows nothing at all. */
  constructor(label: string, quiet = false) {
    this.label = label;
    this.quiet = quiet;
  }

  /** Says that `done` of `total` is done; on a terminal the line is rewritten, elsewhere it is rare. */
  update(done: number, total: number | undefined, note = ''): void {
    const now = performance.now();
    const interval = this.terminal ? 100 : 10_000;
    if (this.quiet || now - (this.shown || this.started) < interval) return;
    this.shown = now;
    const share = total ? `${done}/${total}` : `${done}`;
    const line = `${this.label} ${share}${this.timeLeft(now, done, total)}${note && `, ${note}`}`;
    process.stderr.write(this.terminal ? `\r\x1b[K${line}` : `${line}\n`);
    this.visible = true;
  }

  /** Takes the line away. */
  end(): void {
    if (this.visible && this.terminal) process.stderr.write('\r\x1b[K');
    this.visible = false;
  }

  private timeLeft(now: number, done: number, total: number | undefined): string {
    if (!total || done === 0) return '';
    return `, ${duration(((now - this.started) / 1000 / done) * (total - done))} left`;
  }
}

/** Seconds as people say them: '0.8 s', '42 s', '3 min 20 s', '2 h 5 min'. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 100) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
