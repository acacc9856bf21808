/** What became of a check: counts, and a line for each case that deserves one. */
export class CheckResult {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** Why cases failed or were skipped. */
  readonly details: string[] = [];
  /** Takes a line about a case that passed. */
  readonly log: (line: string) => void;

  constructor(log: (line: string) => void = () => {}) {
    this.log = log;
  }

  /** Cases that were neither skipped nor left out. */
  get checked(): number {
    return this.passed + this.failed;
  }

  /** Counts a case. @param allowed what a bad one says behind its line. */
  note(good: boolean, line: string, allowed = ''): void {
    if (good) this.pass(line);
    else this.fail(`${line}${allowed}`);
  }

  pass(line = ''): void {
    this.passed++;
    if (line) this.log(line);
  }

  fail(line: string): void {
    this.failed++;
    this.details.push(line);
  }

  skip(line: string): void {
    this.skipped++;
    this.details.push(line);
  }

  /** Adds the counts of another. */
  add({ passed, failed, skipped }: CheckResult): void {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
  }

  counts(): string {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
  }
}
