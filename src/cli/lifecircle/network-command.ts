import { writeFileSync } from 'node:fs';
import { toBytes } from '#engine/network/binary.ts';
import { exitCodes, textOption, UsageError, type Command } from '../command.ts';
import { groundHelp, groundOptions, openGround, sha256 } from './ground.ts';
import { pathOf } from './open-files.ts';
import { makeProgress } from './progress.ts';

export const networkCommand: Command = {
  name: 'lifecircle network',
  summary: 'Makes a walking network of a map of OpenStreetMap, with heights.',
  usage: '--osm <map> [--elevation <heights>]… --out <net.bin>',
  help: `${groundHelp}\n  --out <net.bin>          where the network is written; the same input gives the same bytes`,
  options: { ...groundOptions, out: { type: 'string' } },
  async run(io, { options }) {
    const out = textOption(options, 'out');
    if (out === undefined || textOption(options, 'osm') === undefined)
      throw new UsageError('Expected --osm <map> and --out <net.bin>.');
    const progress = makeProgress(io);
    const { network, hash } = await openGround(io, { ...options, network: undefined }, progress);
    progress.end();
    const bytes = toBytes(network, sha256);
    writeFileSync(pathOf(io, out), bytes);
    io.out(`Written: ${out}, ${(bytes.length / 2 ** 20).toFixed(1)} MiB, version ${hash}.`);
    return exitCodes.done;
  },
};
