import { existsSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Connect, type Plugin } from 'vite';
import { fieldShell } from './tools/field-shell.ts';

/** The program's four faces. Each is a page of its own, so that a resident's phone never loads the desk. */
const pages = ['index', 'desk', 'field', 'screen'].filter((page) =>
  existsSync(`${page === 'index' ? 'src/web/app/resident' : `src/web/app/${page}`}.tsx`),
);

/** What every page of residents begins with, in one file: a phone asks for six files at a time, and each turn costs a trip. */
const shell = [
  'web/ui/(theme\\.css|ShapeMark|StatusMark|icons/(Icon|Logo|drawings))',
  'web/ui/light/(Button|photo)\\.',
  'web/app/(station-slots|remembered|preferences|problem|session|call|answer|address|use-load|public-api|upload|now)\\.',
  'web/i18n/(area|format|language|local-time|((en|zh)/)?(common|errors|words))\\.',
  'web/map/(position|lazy)\\.',
  'web/features/stations/public/(api|early|offline)\\.',
  'kit/(ids|geo)\\.',
];
/** Apart from the shell, which the desk loads too: the desk has buttons of its own. */
const light =
  /src\/web\/ui\/light\/(Link|Skeleton|Toast|Field|ErrorNote|Timeline|ChoiceTiles|Sheet|Select|PhotoPicker|light\.css)/;
/** The two pages of stations: whoever reads one of them goes on to the other. */
const stations = /src\/web\/(features\/stations\/public\/(?!StationMap|pages)|i18n\/((en|zh)\/)?stations-public\.)/;

/** What the server does in production: /desk/… is desk.html, /field/… and /screen/… likewise, every other address index.html. */
function facesByAddress(): Plugin {
  const rewrite: Connect.NextHandleFunction = (request, _reply, next) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const face = /^\/(desk|field|screen)(\/|$)/.exec(path)?.[1];
    if (face !== undefined && !path.includes('.')) request.url = `/${face}.html`;
    next();
  };
  return {
    name: 'faces-by-address',
    configureServer: (server) => {
      server.middlewares.use(rewrite);
    },
    configurePreviewServer: (server) => {
      server.middlewares.use(rewrite);
    },
  };
}

// Vite wants a default export here.
export default defineConfig({
  plugins: [react(), facesByAddress(), fieldShell('src/web/field/service-worker.ts')],
  worker: { format: 'es' },
  server: { proxy: { '/api': process.env.HUANGGE_API ?? 'http://127.0.0.1:8141' } },
  preview: { proxy: { '/api': process.env.HUANGGE_API ?? 'http://127.0.0.1:8141' } },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: Object.fromEntries(pages.map((page) => [page, `${page}.html`])),
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'shell',
              test: new RegExp(`/src/(${shell.join('|')})|vite/(preload|modulepreload)|/idb/build/`),
              priority: 3,
            },
            { name: 'light', test: light, priority: 2 },
            { name: 'stations', test: stations, priority: 2 },
            { name: 'react', priority: 4, test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'maplibre', test: /node_modules\/maplibre-gl\// },
            { name: 'antd', test: /node_modules\/(antd|@ant-design|@rc-component|rc-[a-z-]+)\// },
          ],
        },
      },
    },
  },
});
