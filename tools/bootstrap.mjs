/**
 * The door of every npm script. Works on a fresh clone with nothing but Node 20: installs what is missing, then runs
 * everything on the Node 24 that came with it.
 */
import { existsSync } from 'node:fs';
import { addUp, checkImports, checkOne, checkTypes, onNode, runJourneys, runTests } from './lib/checks.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inRoot, Refusal } from './lib/paths.mjs';
import { runInFront } from './lib/run.mjs';
import { runDev } from './lib/dev.mjs';
import { ensureWebBuilt } from './lib/web-build.mjs';

/** @type {Record<string, (node: string, args: string[]) => Promise<number>>} */
const commands = {
  async start(node, args) {
    await ensureWebBuilt(node);
    return runInFront(node, [inRoot('src', 'main.ts'), ...args], onNode(node));
  },
  dev: runDev,
  async test(node, args) {
    return report(
      await addUp([() => checkTypes(node), () => runTests(node, 'unit', args), () => runJourneys(node, args)]),
    );
  },
  async check(node) {
    const steps = [
      () => checkOne('format', node, 'prettier', ['--check', '--log-level=warn', '.']),
      () => checkOne('lint', node, 'oxlint', ['--type-aware']),
      () => checkTypes(node),
      () => checkImports(node),
      () => checkOne('nothing unused', node, 'knip', []),
      () => runTests(node, 'unit'),
    ];
    return report(await addUp(steps));
  },
  async journeys(node, args) {
    return report(await runJourneys(node, args));
  },
  gen: (node, args) => runScript(node, 'tools/gen.ts', args),
  async bench(node, args) {
    await ensureWebBuilt(node);
    return runScript(node, 'bench/run.ts', args);
  },
  simulate: (node, args) => runScript(node, 'tools/simulate.ts', args),
};

/** @param {string} node @param {string} script @param {string[]} args */
function runScript(node, script, args) {
  return runInFront(node, [inRoot(script), ...args], onNode(node));
}

/** The last line of every test run, for people and machines alike. @param {{ passed: number, failed: number }} total */
function report(total) {
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
}

async function main() {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Refusal(`Unknown command "${name}". Known: ${Object.keys(commands).join(', ')}.`);
  if (!existsSync(inRoot('package.json')))
    throw new Refusal('package.json is missing: this is not a complete copy of Huangge.');
  return command(await ensureInstalled(), args);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  const counts = ['test', 'check', 'journeys'].includes(process.argv[2] ?? '');
  if (counts) console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
