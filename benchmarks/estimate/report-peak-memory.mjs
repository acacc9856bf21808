import { writeFileSync } from 'node:fs';

// Loaded into a measured process before its own code; JavaScript, since loading TypeScript takes time and memory.
process.on('exit', () => {
  const { maxRSS } = process.resourceUsage();
  if (process.env.NADS_PEAK_FILE) writeFileSync(process.env.NADS_PEAK_FILE, `${maxRSS * 1024}`);
});
