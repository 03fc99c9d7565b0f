import { readFile } from 'node:fs/promises';
import type pg from 'pg';

/** Turns auto_explain on for connections opened from now on; `logFile` is read by whoever asks again. */
export async function explainFrom(owner: pg.Client, slowerThanMs: number): Promise<void> {
  for (const setting of [
    `session_preload_libraries = 'auto_explain'`,
    `auto_explain.log_min_duration = ${slowerThanMs}`,
    `auto_explain.log_analyze = on`,
    `auto_explain.log_buffers = on`,
    `auto_explain.log_timing = off`,
  ])
    await owner.query(`alter system set ${setting}`);
  await owner.query('select pg_reload_conf()');
}

/** The slowest plans in the log, longest first. */
export async function slowPlans(logFile: string, most: number): Promise<string[]> {
  const text = await readFile(logFile, 'utf8');
  const plans = text
    .split(/LOG: {2}duration: /)
    .slice(1)
    .map((plan) => ({ ms: Number.parseFloat(plan), plan }));
  return plans
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, most)
    .map(({ plan }) => plan.slice(0, 4_000));
}
