/**
 * npm starts a script through a shell, and a shell that is killed does not tell its child. Whoever stops `npm start`
 * with a signal would leave the program running without a parent, holding its port and its data.
 */
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 500;

/**
 * Calls back once when the npm (or its shell) that started us is gone. Started by hand or by a service manager, we
 * have no such parent and nothing is watched: then outliving the shell may be wanted.
 * @param {() => void} then
 */
export function whenAbandoned(then) {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const ancestors = listAncestors();
  const timer = setInterval(() => {
    if (listAncestors().join() === ancestors.join()) return;
    clearInterval(timer);
    then();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** Our parent, and npm above it if our parent is only the shell around us. */
function listAncestors() {
  const shell = process.ppid;
  try {
    const isShell = readFileSync(`/proc/${shell}/cmdline`, 'utf8').includes('tools/bootstrap.mjs');
    const above = readFileSync(`/proc/${shell}/stat`, 'utf8').split(') ').pop()?.split(' ')[1];
    return isShell ? [shell, Number(above)] : [shell];
  } catch {
    return [shell];
  }
}
