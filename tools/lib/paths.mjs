/** Where things are. Plain JavaScript without dependencies: this runs on Node 20 before anything is installed. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {string[]} parts */
export function inRoot(...parts) {
  return join(root, ...parts);
}

/** Where npm puts the Node 24 this project runs on. */
export const node24 = inRoot('node_modules', 'node', 'bin', 'node');

/** Something the user must know or do; printed alone, without a stack. */
export class Refusal extends Error {}
