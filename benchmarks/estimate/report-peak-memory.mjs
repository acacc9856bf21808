import { writeFileSync } from 'node:fs';

// Loaded into a measured process before its own code.
process.on('exit', () => {
  const { maxRSS } = process.resourceUsage();
  writeFileSync(process.env.NADS_PEAK_FILE, `${maxRSS * 1024}`);
});
