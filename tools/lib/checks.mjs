/** The checks of `npm test` and `npm run check`, each a function that says how much passed and failed. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBrowser } from './browser.mjs';
import { ensureMosquitto } from './mosquitto.mjs';
import { inRoot, Refusal } from './paths.mjs';
import { runInFront, runQuietly } from './run.mjs';
import { ensureWebBuilt } from './web-build.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

/** Runs each step in turn, whatever the earlier ones found. @param {(() => Promise<Count>)[]} steps @returns {Promise<Count>} */
export async function addUp(steps) {
  const total = { passed: 0, failed: 0 };
  for (const step of steps) {
    const { passed, failed } = await step();
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

/**
 * One command that is either right or wrong; its output is shown only when wrong.
 * @param {string} title @param {string} node @param {string} tool name of its npm package @param {string[]} args
 */
export async function checkOne(title, node, tool, args) {
  const { code, output } = await runQuietly(node, [binOf(tool), ...args], onNode(node));
  console.log(`${code === 0 ? '✓' : '✗'} ${title}`);
  if (code !== 0) console.log(output.trim());
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** The program a package brings, wherever this version keeps it; of several, the one called like the package, else the first. @param {string} tool */
function binOf(tool) {
  const { bin } = JSON.parse(readFileSync(inRoot('node_modules', tool, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : (bin[tool] ?? Object.values(bin)[0]);
  return inRoot('node_modules', tool, file);
}

/** @param {string} node */
export function checkTypes(node) {
  return checkOne('types', node, 'typescript', ['--noEmit']);
}

/** @param {string} node */
export async function checkImports(node) {
  const config = ['.dependency-cruiser.mjs', '.dependency-cruiser.cjs', '.dependency-cruiser.json'].find((name) =>
    existsSync(inRoot(name)),
  );
  if (config === undefined) return { passed: 0, failed: 0 };
  const folders = ['src', 'test', 'tools', 'bench'].filter((name) => existsSync(inRoot(name)));
  return checkOne('import laws', node, 'dependency-cruiser', ['--config', config, ...folders]);
}

/** Runs one project of vitest and counts from its JSON report. @param {string} node @param {'unit' | 'journeys'} project @param {string[]} args @param {NodeJS.ProcessEnv} [extra] */
export async function runTests(node, project, args = [], extra = {}) {
  const missing = project === 'unit' ? await ensureMosquitto() : undefined;
  if (missing !== undefined) console.log(missing);
  const report = inRoot('.cache', `vitest-${project}.json`);
  mkdirSync(inRoot('.cache'), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = [
    inRoot('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    `${project}*`,
    ...reporters,
    ...args,
  ];
  // A filter named on the command line may well match nothing in one of the two projects.
  if (args.length > 0) vitest.push('--passWithNoTests');
  const code = await runInFront(node, vitest, { ...onNode(node), ...extra });
  return count(report, code);
}

/** A file that cannot even be loaded has no failed test, and a crashed run no report: each counts as one failure. @param {string} report @param {number} code @returns {Count} */
function count(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const brokenFiles = testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = numFailedTests + brokenFiles;
  return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** The journeys run against the built pages in a real browser; without either they fail, they are never skipped. @param {string} node @param {string[]} args */
export async function runJourneys(node, args = []) {
  try {
    await ensureWebBuilt(node);
    const browser = await ensureBrowser();
    if ('problem' in browser) throw new Refusal(browser.problem);
    return await runTests(node, 'journeys', args, { CHROMIUM_PATH: browser.path });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.log(`✗ journeys\n${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

/** Tools that start `node` themselves must find Node 24 first. @param {string} node */
export function onNode(node) {
  const path = `${inRoot('node_modules', '.bin')}:${process.env['PATH'] ?? ''}`;
  // Compiled code is kept between starts: a restart is ready a third of a second sooner.
  const cache = process.env['NODE_COMPILE_CACHE'] ?? inRoot('.cache', 'compiled');
  return { ...process.env, PATH: path, NODE: node, NODE_COMPILE_CACHE: cache };
}
