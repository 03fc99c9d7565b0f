import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Completes package-lock.json after `npm install` against a registry that lacks packages for other platforms: npm then
 * leaves those out of the lock, and `npm ci` refuses the lock everywhere. Run it on Node 24: tools/complete-lock.ts
 */

interface LockEntry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

/**
 * Optional packages that some package of the lock names and the lock does not hold, as entries to add: with version
 * and platform, so that npm knows them and passes over them where they do not fit.
 */
export function missingOptional(packages: Record<string, LockEntry>): Record<string, LockEntry> {
  const missing: Record<string, LockEntry> = {};
  for (const [owner, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const known = packages[`${owner}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
      // Only exact versions: a range would have to be resolved by npm, and no platform package is named by a range.
      if (known || !/^\d+\.\d+\.\d+/.test(version)) continue;
      const dev = entry.dev ? { dev: true } : {};
      missing[`node_modules/${name}`] = { version, ...platformOf(name), ...dev, optional: true };
    }
  }
  return missing;
}

/** The platform a package name speaks of, in npm's words. */
function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[/-]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  const libc = name.includes('-gnu') ? ['glibc'] : name.includes('-musl') ? ['musl'] : [];
  return { ...(cpu.length > 0 ? { cpu } : {}), ...(libc.length > 0 ? { libc } : {}), ...(os.length > 0 ? { os } : {}) };
}

function completeLock(file: string): number {
  const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockEntry> };
  const missing = missingOptional(lock.packages);
  const all = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(all) }, null, 2)}\n`);
  return Object.keys(missing).length;
}

if (import.meta.main) {
  const added = completeLock(join(import.meta.dirname, '../package-lock.json'));
  console.log(`${added} optional packages added to package-lock.json`);
}
