import { writeFileSync } from 'node:fs';

// Loaded into a measured process by `--import`: on its way out it writes down what it used.
process.on('exit', () => {
  const file = process.env.BENCH_USAGE_FILE;
  if (file) writeFileSync(file, JSON.stringify(process.resourceUsage()));
});
