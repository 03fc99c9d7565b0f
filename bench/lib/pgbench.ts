import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Statement } from './capture.ts';

const run = promisify(execFile);
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const bytes = /^\\x[0-9a-f]+$/;

export interface Script {
  sql: string;
  /** Values sent as real parameters. */
  defines: string[];
}

/**
 * The statements of one transaction as a pgbench script: what was the same in two recordings is sent as a parameter,
 * an id that differed becomes a new one for each transaction (the same in all statements), in rising order as ours are.
 */
export function toScript([first, second]: [Statement[], Statement[]], run: number): Script {
  const slots = new Map<string, number>();
  const defines: string[] = [];
  const fresh = (id: string): string => {
    if (!slots.has(id)) slots.set(id, slots.size);
    const tail = `'-7${String(run % 10)}00-8${String(slots.get(id)).padStart(3, '0')}-' || lpad(:client_id::text, 12, '0')`;
    return `(substr(lpad(to_hex(:n::int), 12, '0'), 1, 8) || '-' || substr(lpad(to_hex(:n::int), 12, '0'), 9, 4) || ${tail})`;
  };
  const constant = (value: string): string => (value === '' ? "''" : `:v${defines.push(value) - 1}`); // -D takes no empty one
  const varying = (value: string, other: string): string => {
    if (bytes.test(value)) return `decode(md5(${fresh(value)}) || md5(${fresh(`${value}/2`)}), 'hex')`;
    const found = (value.match(uuid) ?? []).filter((id) => !other.includes(id));
    if (found.length === 0) return constant(value); // a time, a number: the same for all does as well
    if (found[0] === value) return `${fresh(value)}::uuid`;
    const pieces = value.split(uuid);
    const ids = value.match(uuid) ?? [];
    const parts = pieces.flatMap((piece, i) => {
      const id = ids[i];
      return [constant(piece), ...(id === undefined ? [] : [found.includes(id) ? fresh(id) : constant(id)])];
    });
    return `(${parts.map((part) => (part.startsWith(':v') ? `${part}::text` : part)).join(' || ')})`;
  };
  const lines = first.map(({ text, values }, at) => {
    const others = second[at]?.values ?? [];
    if (/^begin/i.test(text))
      return `\\startpipeline\n${text
        .split(';')
        .map((one) => `${one.trim()};`)
        .join('\n')}\n\\endpipeline`;
    return `${text.replaceAll(/\s+/g, ' ').replaceAll(/\$(\d+)/g, (_, position: string) => {
      const value = values[Number(position) - 1] ?? null;
      const other = others[Number(position) - 1] ?? null;
      if (value === null) return 'null';
      return value === other || other === null ? constant(value) : varying(value, other);
    })};`;
  });
  return { sql: `\\set n :n + 1\n${lines.join('\n')}\n`, defines };
}

/** Drives the script raw. Answers transactions per second. */
export async function drive(
  script: Script,
  options: { url: string; folder: string; clients: number; seconds: number; protocol: 'extended' | 'prepared' },
): Promise<number> {
  const file = join(options.folder, 'report.sql');
  await writeFile(file, script.sql);
  const url = new URL(options.url);
  const { stdout } = await run(
    'pgbench',
    [
      ...'-n -j 1 -D n=0'.split(' '),
      ...`-M ${options.protocol} -c ${options.clients} -T ${options.seconds}`.split(' '),
      ...script.defines.flatMap((value, i) => ['-D', `v${i}=${value}`]),
      ...`-h ${url.hostname} -p ${url.port} -U ${url.username}`.split(' '),
      '-f',
      file,
      url.pathname.slice(1),
    ],
    { env: { ...process.env, PGPASSWORD: url.password, PGOPTIONS: '-c role=huangge_app' }, maxBuffer: 1e8 },
  );
  const tps = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  if (!(tps > 0)) throw new Error(`pgbench said nothing to go by:\n${stdout}`);
  return tps;
}
