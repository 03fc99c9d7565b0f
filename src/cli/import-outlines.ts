import { tiers } from '#kit/tiers.ts';
import { coordinateSystems, importOutlines, runAsSystem } from '#server/modules/grids/index.ts';
import { choice, exitCodes, textOption, type Command } from './command.ts';
import { withGrids } from './database.ts';
import { readFileArgument } from './files.ts';
import { showImport } from './report.ts';

export const importOutlinesCommand: Command = {
  name: 'import outlines',
  summary: 'Takes over outlines of areas from GeoJSON; all or nothing.',
  usage:
    '<file.geojson> --crs wgs84|gcj02|bd09|cgcs2000 [--tier <tier>] [--code-property <name>] [--create] [--warn] [--dry-run]',
  help: [
    '  --crs <name>            coordinate system of the file; it must be stated, because nothing in the file tells it',
    `  --tier <tier>           expect areas of this tier only: ${tiers.join(', ')}`,
    '  --code-property <name>  property that holds the area code (default: code)',
    '  --name-property <name>  property that holds the name, for --create (default: name)',
    '  --create                add areas that are not known yet',
    '  --warn                  import in spite of overlaps and gaps, and list them',
    '  --dry-run               only tell what would happen',
  ].join('\n'),
  options: {
    crs: { type: 'string' },
    tier: { type: 'string' },
    'code-property': { type: 'string' },
    'name-property': { type: 'string' },
    create: { type: 'boolean' },
    warn: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  async run(io, { positionals, options }) {
    const bytes = readFileArgument(io, positionals);
    const tier = textOption(options, 'tier');
    const wish = {
      bytes,
      crs: choice(textOption(options, 'crs'), coordinateSystems, '--crs'),
      tier: tier === undefined ? undefined : choice(tier, tiers, '--tier'),
      codeProperty: textOption(options, 'code-property') ?? 'code',
      nameProperty: textOption(options, 'name-property') ?? 'name',
      create: options['create'] === true,
      onProblem: options['warn'] === true ? ('warn' as const) : ('refuse' as const),
      dryRun: options['dry-run'] === true,
    };
    const began = performance.now();
    const answer = await withGrids(io, (parts) => runAsSystem(parts, (work) => importOutlines(work, wish)));
    for (const warning of answer.warnings) io.err(`Warning: ${warning.message}`);
    showImport(io, answer, performance.now() - began);
    return exitCodes.done;
  },
};
