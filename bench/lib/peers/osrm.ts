import { installBeside } from './install.ts';
import type { Peer } from './peer.ts';

/** OSRM from npm. Its package brings no library: it fetches one from GitHub while it is installed, and says so where it cannot. */
export const osrm: Peer = async (_, folder) => {
  const installed = installBeside(folder, '@project-osrm/osrm');
  if ('reason' in installed) return Promise.resolve(installed.reason);
  return Promise.resolve(
    `Installed in ${installed.folder}, but this bench was never run where that works: write how it is asked.`,
  );
};
