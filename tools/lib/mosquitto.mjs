/** Finds the MQTT programs the tests of devices drive, and installs Debian's when we may. */
import { existsSync } from 'node:fs';
import { runQuietly } from './run.mjs';

const folders = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/opt/homebrew/bin',
  '/opt/homebrew/sbin',
];
const programs = ['mosquitto', 'mosquitto_pub', 'mosquitto_sub', 'mosquitto_passwd'];
const packages = ['mosquitto', 'mosquitto-clients'];

const isThere = () => programs.every((name) => folders.some((folder) => existsSync(`${folder}/${name}`)));

/** A sentence when they are neither there nor could be installed; the tests that need them then fail. @returns {Promise<string | undefined>} */
export async function ensureMosquitto() {
  if (isThere()) return undefined;
  const advice = `The tests of devices need mosquitto and its clients. Install them (Debian: sudo apt-get install ${packages.join(' ')}).`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return advice;
  console.log('Installing mosquitto for the tests of devices (once) …');
  // RUNLEVEL=1: the package's own service is not started; the tests start theirs.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await runQuietly('apt-get', ['update'], env);
  const { output } = await runQuietly('apt-get', ['install', '-y', '--no-install-recommends', ...packages], env);
  return isThere() ? undefined : `${output.trim().split('\n').slice(-5).join('\n')}\n${advice}`;
}
