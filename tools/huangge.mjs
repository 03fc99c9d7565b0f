#!/usr/bin/env node
/** The command `huangge`: runs src/cli.ts on Node 24, also when the system's own Node is older. */
import { ensureInstalled } from './lib/install.mjs';
import { inRoot, Refusal } from './lib/paths.mjs';
import { runInFront } from './lib/run.mjs';

try {
  process.exitCode = await runInFront(await ensureInstalled(), [inRoot('src', 'cli.ts'), ...process.argv.slice(2)]);
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}
