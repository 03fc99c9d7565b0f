import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs a package of npm beside the bench, never into the project. Answers its folder, or why it is not there.
 * @param folder that stays between runs
 */
export function installBeside(folder: string, name: string): { folder: string } | { reason: string } {
  const own = join(folder, name.replaceAll(/\W+/g, '-'));
  const found = join(own, 'node_modules', name);
  if (existsSync(join(found, 'package.json'))) return { folder: found };
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'package.json'), '{"private":true}');
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', name], {
    cwd: own,
    encoding: 'utf8',
    timeout: 240_000,
  });
  if (status === 0 && existsSync(found)) return { folder: found };
  const lines = stderr.split('\n');
  const line =
    lines.find((text) => /failed, reason|ENOTFOUND/.test(text)) ??
    lines.find((text) => /ERR|error/.test(text)) ??
    'no answer in 240 s';
  return { reason: `npm install ${name}: ${line.replace(/^npm (error|ERR!)\s*/, '').slice(0, 240)}` };
}
