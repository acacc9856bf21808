import { eraseLine } from './escape-controls.js';
import type { Progress as Stand } from '@nads/runtime';

/** Shows the progress of a long task and the time left. */
export class Progress {
  private readonly quiet: boolean;
  private readonly terminal = process.stderr.isTTY;
  private unit = '';
  private started = 0;
  /** How much was done when it began to look. */
  private first = 0;
  private shown = 0;
  private visible = false;

  /** @param quiet shows nothing at all. */
  constructor(quiet = false) {
    this.quiet = quiet;
  }

  /** Says how much is done; on a terminal the line is rewritten, elsewhere it is rare. */
  update({ unit, done, total, note = '' }: Stand): void {
    if (unit !== this.unit) this.begin(unit, done);
    const now = performance.now();
    const interval = this.terminal ? 100 : 10_000;
    if (this.quiet || now - (this.shown || this.started) < interval) return;
    this.shown = now;
    const share = total ? `${done}/${total}` : `${done}`;
    const line = `${unit} ${share}${this.timeLeft(now, done, total)}${note && `, ${note}`}`;
    process.stderr.write(this.terminal ? `${eraseLine}${line}` : `${line}\n`);
    this.visible = true;
  }

  /** Starts counting something else, with its own timing. */
  private begin(unit: string, done: number): void {
    this.end();
    this.unit = unit;
    this.first = done;
    this.started = performance.now();
    this.shown = 0;
  }

  /** Takes the line away. */
  end(): void {
    if (this.visible && this.terminal) process.stderr.write(eraseLine);
    this.visible = false;
  }

  private timeLeft(now: number, done: number, total: number | undefined): string {
    const since = done - this.first;
    if (!total || since <= 0) return '';
    return `, ${duration(((now - this.started) / 1000 / since) * (total - done))} left`;
  }
}

/** A duration in readable form: '0.8 s', '42 s', '3 min 20 s', '2 h 5 min'. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 100) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
