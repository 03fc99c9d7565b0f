import { importAreas, runAsSystem } from '#server/modules/grids/index.ts';
import { exitCodes, textOption, type Command } from './command.ts';
import { withGrids } from './database.ts';
import { readFileArgument, readMap } from './files.ts';
import { showImport } from './report.ts';

export const importAreasCommand: Command = {
  name: 'import areas',
  summary: 'Adds areas from a CSV table and takes over changed names; all or nothing.',
  usage: '<file.csv> [--map field=header]… [--city-name <name>] [--skip-wrong] [--dry-run]',
  help: [
    '  Each row names an area and those above it (district_code, district, street_code, street, community_code,',
    '  community, grid_code, grid) or one area alone (code, name); residents and households may be added. UTF-8 or GB18030.',
    '  --map field=header  the header of a field, where it is not one of the usual ones; may be given several times',
    '  --city-name <name>  name of the city, when it is new and not in the file',
    '  --skip-wrong        import the right rows and list the wrong ones',
    '  --dry-run           only tell what would happen',
  ].join('\n'),
  options: {
    map: { type: 'string', multiple: true },
    'city-name': { type: 'string' },
    'skip-wrong': { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  async run(io, { positionals, options }) {
    const bytes = readFileArgument(io, positionals);
    const map = readMap(options['map']);
    const wish = {
      bytes,
      map,
      skipWrong: options['skip-wrong'] === true,
      dryRun: options['dry-run'] === true,
      cityName: textOption(options, 'city-name'),
    };
    const began = performance.now();
    const answer = await withGrids(io, (parts) => runAsSystem(parts, (work) => importAreas(work, wish)));
    showImport(io, answer, performance.now() - began);
    return exitCodes.done;
  },
};
