import { importUnits, runAsSystem } from '#server/modules/grids/index.ts';
import { exitCodes, type Command } from './command.ts';
import { withGrids } from './database.ts';
import { readFileArgument, readMap } from './files.ts';
import { showImport } from './report.ts';

export const importUnitsCommand: Command = {
  name: 'import units',
  summary:
    'Adds units (centres, committees, posts, departments, agencies, partners) from a CSV table, or changes them.',
  usage: '<file.csv> [--map field=header]… [--skip-wrong] [--dry-run]',
  help: [
    '  Columns: code, kind, role_code, name, area_code; optional name_en, parent_code, board_code, phone, sort.',
    '  --map field=header  the header of a field, where it is not one of the usual ones; may be given several times',
    '  --skip-wrong        import the right rows and list the wrong ones',
    '  --dry-run           only tell what would happen',
  ].join('\n'),
  options: {
    map: { type: 'string', multiple: true },
    'skip-wrong': { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  async run(io, { positionals, options }) {
    const bytes = readFileArgument(io, positionals);
    const wish = {
      bytes,
      map: readMap(options['map']),
      skipWrong: options['skip-wrong'] === true,
      dryRun: options['dry-run'] === true,
    };
    const began = performance.now();
    const answer = await withGrids(io, (parts) => runAsSystem(parts, (work) => importUnits(work, wish)));
    showImport(io, answer, performance.now() - began);
    return exitCodes.done;
  },
};
