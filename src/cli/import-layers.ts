import { coordinateSystems, importBasemap, importPlaces, runAsSystem } from '#server/modules/grids/index.ts';
import { choice, exitCodes, textOption, UsageError, type Command } from './command.ts';
import { withGrids } from './database.ts';
import { readFileArgument, readMap } from './files.ts';
import { showImport } from './report.ts';

export const importPlacesCommand: Command = {
  name: 'import places',
  summary: 'Adds named places, so that a position can be found by words.',
  usage: '<file.csv> --crs wgs84|gcj02|bd09|cgcs2000 [--map field=header]… [--skip-wrong]',
  help: '  Columns: name, lon, lat; optional kind. --crs is the coordinate system of lon and lat.',
  options: { crs: { type: 'string' }, map: { type: 'string', multiple: true }, 'skip-wrong': { type: 'boolean' } },
  async run(io, { positionals, options }) {
    const bytes = readFileArgument(io, positionals);
    const crs = choice(textOption(options, 'crs'), coordinateSystems, '--crs');
    const wish = { bytes, crs, map: readMap(options['map']), skipWrong: options['skip-wrong'] === true };
    const began = performance.now();
    const answer = await withGrids(io, (parts) => runAsSystem(parts, (work) => importPlaces(work, wish)));
    showImport(io, answer, performance.now() - began);
    return exitCodes.done;
  },
};

export const importBasemapCommand: Command = {
  name: 'import basemap',
  summary: 'Replaces one layer of the background map by a GeoJSON file.',
  usage: '<file.geojson> --layer <name> --crs wgs84|gcj02|bd09|cgcs2000',
  help: '  --layer <name>  such as water, road, building; the layer is served at /api/public/basemap/<name>',
  options: { crs: { type: 'string' }, layer: { type: 'string' } },
  async run(io, { positionals, options }) {
    const bytes = readFileArgument(io, positionals);
    const crs = choice(textOption(options, 'crs'), coordinateSystems, '--crs');
    const layer = textOption(options, 'layer');
    if (layer === undefined) throw new UsageError('--layer must be stated.');
    const count = await withGrids(io, (parts) =>
      runAsSystem(parts, (work) => importBasemap(work, { bytes, crs, layer })),
    );
    io.out(`Layer ${layer}: ${count} features.`);
    return exitCodes.done;
  },
};
