import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { toIso, type Clock } from '#kit/clock.ts';

/** What a page at some address needs before it shows anything, so that it travels with the page instead of after it. */
export interface FirstNeed {
  path: RegExp;
  /** Its own code: the module that is fetched for this page only, or the name of the built file that holds it. */
  code?: string;
  /** Address of its first question, made of the first group of `path`. The answer is put into the page. */
  answer?: (named: string) => string;
}

interface ManifestEntry {
  file: string;
  name?: string;
  src?: string;
  imports?: string[];
  css?: string[];
}
type Manifest = Record<string, ManifestEntry>;

/** Longer than this a page does not wait for its answer: the reader's phone asks for itself then. */
const patienceMs = 400;
const page = 'index.html';

/** Puts into a built page what its address will need. */
export interface FirstNeeds {
  /** The page with its code announced, and its first answer where one was to be had in time. */
  fill(request: FastifyRequest, text: string): Promise<string>;
}

/** Reads the manifest of the build once. Without one, or without needs, pages stay as they were built. */
export function createFirstNeeds(
  app: FastifyInstance,
  folder: string,
  { needs, clock }: { needs: readonly FirstNeed[]; clock: Clock },
): FirstNeeds {
  const file = join(folder, '.vite/manifest.json');
  const manifest = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {};
  const announced = new Map(needs.map((need) => [need, need.code === undefined ? '' : announce(manifest, need.code)]));
  return {
    async fill(request, text) {
      const path = new URL(request.url, 'http://page').pathname;
      const need = needs.find((one) => one.path.test(path));
      if (need === undefined) return text;
      const more =
        (announced.get(need) ?? '') +
        (await answerFor(app, request, need.answer?.(need.path.exec(path)?.[1] ?? ''), clock));
      return text.replace('</head>', () => `${more}</head>`);
    },
  };
}

/** Tags for the files of one page that the page they all share does not load by itself. */
function announce(manifest: Manifest, code: string): string {
  const shared = filesOf(manifest, page);
  const key = Object.keys(manifest).find(
    (one) => one === code || (isScript(manifest[one]) && manifest[one]?.name === code),
  );
  if (key === undefined) return '';
  return [...filesOf(manifest, key)]
    .filter((file) => !shared.has(file))
    .map((file) =>
      file.endsWith('.css')
        ? `<link rel="stylesheet" crossorigin href="/${file}">`
        : `<link rel="modulepreload" crossorigin href="/${file}">`,
    )
    .join('');
}

const isScript = (entry: ManifestEntry | undefined): boolean => entry?.file.endsWith('.js') === true;

function filesOf(manifest: Manifest, first: string): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const entry = manifest[key];
    if (entry === undefined || seen.has(key)) return;
    seen.add(key);
    files.add(entry.file);
    for (const css of entry.css ?? []) files.add(css);
    for (const imported of entry.imports ?? []) visit(imported);
  };
  visit(first);
  return files;
}

/** A page kept for later ("?keep") carries no answer: it would be old by then. */
async function answerFor(
  app: FastifyInstance,
  request: FastifyRequest,
  address: string | undefined,
  clock: Clock,
): Promise<string> {
  if (address === undefined || request.url.includes('?keep')) return '';
  const { 'accept-language': language = 'zh-CN' } = request.headers;
  const asked = app
    .inject({ method: 'GET', url: address, headers: { 'accept-language': language }, remoteAddress: request.ip })
    .then(({ statusCode, body }) => (statusCode === 200 ? body : ''));
  const body = await Promise.race([asked, late()]).catch(() => '');
  if (body === '') return '';
  const safe = body.replaceAll('<', String.raw`\u003c`);
  return `<script type="application/json" data-answer="${address}" data-at="${toIso(clock.now())}">${safe}</script>`;
}

const late = (): Promise<string> => new Promise((done) => void setTimeout(() => done(''), patienceMs).unref());
