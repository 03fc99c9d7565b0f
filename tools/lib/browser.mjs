/** Finds the Chromium the journeys drive, and installs Debian's when we may. */
import { existsSync } from 'node:fs';
import { runQuietly } from './run.mjs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const packages = ['chromium', 'fonts-noto-cjk'];

/** @returns {Promise<{ path: string } | { problem: string }>} */
export async function ensureBrowser() {
  const asked = process.env['CHROMIUM_PATH'];
  if (asked)
    return existsSync(asked) ? { path: asked } : { problem: `CHROMIUM_PATH names ${asked}, which does not exist.` };
  const found = findBrowser();
  if (found) return { path: found };
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return {
      problem: `The journeys need Chromium and Chinese fonts. Install them (Debian: sudo apt-get install ${packages.join(' ')}) or set CHROMIUM_PATH.`,
    };
  }
  console.log('Installing Chromium and Chinese fonts for the browser tests (once) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runQuietly('apt-get', ['update'], env);
  const { output } = await runQuietly('apt-get', ['install', '-y', '--no-install-recommends', ...packages], env);
  const installed = findBrowser();
  if (installed) return { path: installed };
  return {
    problem: `${output.trim().split('\n').slice(-5).join('\n')}\nChromium could not be installed with apt-get; install it by hand or set CHROMIUM_PATH.`,
  };
}

function findBrowser() {
  return places.find((place) => existsSync(place));
}
