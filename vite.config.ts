import { existsSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Connect, type Plugin } from 'vite';
import { fieldShell } from './tools/field-shell.ts';

/** The program's three faces. Each is a page of its own, so that a resident's phone never loads the desk. */
const pages = ['index', 'desk', 'field'].filter((page) =>
  existsSync(`${page === 'index' ? 'src/web/app/resident' : `src/web/app/${page}`}.tsx`),
);

/** What the server does in production: /desk/… is desk.html, /field/… is field.html, every other address index.html. */
function facesByAddress(): Plugin {
  const rewrite: Connect.NextHandleFunction = (request, _reply, next) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const face = /^\/(desk|field)(\/|$)/.exec(path)?.[1];
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
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'maplibre', test: /node_modules\/maplibre-gl\// },
            { name: 'antd', test: /node_modules\/(antd|@ant-design|@rc-component|rc-[a-z-]+)\// },
          ],
        },
      },
    },
  },
});
