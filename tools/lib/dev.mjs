/** The server restarting on every change, and Vite serving the pages with hot reload and passing /api on to it. */
import { spawn } from 'node:child_process';
import { inRoot, root } from './paths.mjs';
import { onNode } from './checks.mjs';

/** @param {string} node @param {string[]} args @returns {Promise<number>} */
export function runDev(node, args) {
  const options = { cwd: root, env: onNode(node), stdio: /** @type {const} */ ('inherit') };
  const server = spawn(node, ['--watch', '--watch-preserve-output', inRoot('src', 'main.ts'), ...args], options);
  const pages = spawn(node, [inRoot('node_modules', 'vite', 'bin', 'vite.js')], options);
  const children = [server, pages];
  const stop = () => children.forEach((child) => child.kill('SIGTERM'));
  process.on('SIGTERM', stop);
  // The terminal sends Ctrl-C to all three; we only must not die before the other two have stopped.
  process.on('SIGINT', () => undefined);
  return new Promise((done) => {
    let left = children.length;
    for (const child of children) {
      child.once('close', (code) => {
        stop();
        left -= 1;
        if (left === 0) done(code ?? 0);
      });
    }
  });
}
