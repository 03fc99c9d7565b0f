/** Starting other programs: always directly, never through a shell. */
import { spawn } from 'node:child_process';
import { whenAbandoned } from './abandoned.mjs';
import { root } from './paths.mjs';

/** @typedef {{ code: number, output: string }} Result */

/**
 * Runs a program to its end, quietly; its output is returned for the day it fails.
 * @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Promise<Result>}
 */
export function runQuietly(command, args, env = process.env) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => done({ code: 127, output: `${output}${error.message}` }));
    child.once('close', (code) => done({ code: code ?? 1, output }));
  });
}

/**
 * Runs a program in front of the user and becomes it: same input and output, signals passed on, its exit code ours.
 * @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Promise<number>}
 */
export function runInFront(command, args, env = process.env) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
    // Ctrl-C in a terminal reaches the child by itself; passed on, it would count as a second, impatient one.
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = /** @type {const} */ (['SIGTERM', 'SIGHUP', 'SIGINT']);
    for (const signal of signals) process.on(signal, pass);
    whenAbandoned(() => child.kill('SIGTERM'));
    child.once('error', fail);
    child.once('close', (code, signal) => {
      for (const name of signals) process.off(name, pass);
      done(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1));
    });
  });
}
