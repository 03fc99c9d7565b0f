/**
 * Runs the benches named, or all, each in a process of its own, and writes what they found into RESULTS.md; the rest of
 * that page stays.
 *   npm run bench -- report kill siting=20
 * What stands after = is given to the bench: a smaller or a longer one.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { format } from 'prettier';
import { figureIn, type Figure } from './lib/figures.ts';
import { describeMachine, load1 } from './lib/machine.ts';

/** In the order of the page. */
const benches: readonly (readonly [name: string, title: string])[] = [
  ['report', 'Reports committed'],
  ['million', 'Reading with 1,000,000 events'],
  ['analytics', 'Dashboards over events, and how soon they follow'],
  ['people', 'People in care, 100,000 of them'],
  ['risk', 'Risk points, 5,000 of them'],
  ['tiles', 'Vector tiles over 100,000 events'],
  ['visits', 'Visits to 100,000 people in care'],
  ['service-record', 'Services recorded at counters'],
  ['service-figures', 'Figures of 1,000,000 service records'],
  ['fanout', 'Live updates to 500 desks'],
  ['kill', 'kill -9'],
  ['opid', 'One intention, one effect'],
  ['ledger', 'Numbering the ledger'],
  ['reach', 'Walking times'],
  ['peers', 'Walking times beside other programs'],
  ['megacity', 'A city of 32 million, evaluated whole'],
  ['siting', 'Siting with proof'],
  ['point-to-grid', 'Point to grid'],
  ['worktime', 'Working time'],
  ['text', 'Understanding messages'],
  ['patterns', 'Hot spots over 1,000,000 events'],
  ['import', 'Import of communities'],
  ['import-care', 'Import of people in care'],
  ['demo', 'Loading the demo district'],
  ['mqtt', 'Messages of devices committed'],
  ['broker-kill', 'kill -9 while devices publish'],
  ['alarm-to-sound', 'From a sensor to the sound on the desk'],
  ['soak', 'Half an hour of everything'],
  ['similar', 'Like messages among 1,000,000'],
  ['rehearse', 'Rules rehearsed on 1,000,000 events'],
  ['bundle', "Weight of the resident's page"],
  ['kiosk', 'A wall that shows a screen day and night'],
  ['station-page', 'The nearest station on a slow phone'],
];

const page = join(import.meta.dirname, 'RESULTS.md');
const given = new Map(
  process.argv.slice(2).map((word): [string, string] => [word.split('=')[0] ?? '', word.split('=')[1] ?? '']),
);
const asked = [...given.keys()];
const unknown = asked.filter((name) => !benches.some(([known]) => known === name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Known: ${benches.map(([name]) => name).join(', ')}.`);
  process.exit(1);
}

console.log(describeMachine());
for (const [name] of benches) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n── ${name} ──`);
  const before = load1();
  const { code, figures } = await runBench(name);
  if (code !== 0) process.exitCode = 1;
  if (figures.length > 0) await keep(name, section(name, figures, before, code));
}

function runBench(name: string): Promise<{ code: number; figures: Figure[] }> {
  const own = given.get(name) ?? '';
  const words = [join(import.meta.dirname, `${name}.ts`)].concat(own === '' ? [] : own);
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const figures: Figure[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const figure = figureIn(line);
    if (figure === undefined) return console.log(line);
    figures.push(figure);
    console.log([figure.what, figure.figure, figure.against, figure.ratio].join('  |  '));
  });
  return new Promise((done) => child.once('close', (code) => done({ code: code ?? 1, figures })));
}

function section(name: string, figures: readonly Figure[], load: number, code: number): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = figures.map((row) => `| ${[row.what, row.figure, row.against, row.ratio].map(cell).join(' | ')} |`);
  const day = new Date().toISOString().slice(0, 10);
  return [
    `## ${benches.find(([known]) => known === name)?.[1] ?? name}`,
    '',
    `\`npm run bench -- ${name}${(given.get(name) ?? '') === '' ? '' : `=${given.get(name)}`}\` · ${day} · ${load.toFixed(1)} other programs wanted a core when it began${code === 0 ? '' : ' · **ended with a failure**'}`,
    '',
    '| what | figure | peer or limit | ratio |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** Puts the section into its place on the page. */
async function keep(name: string, text: string): Promise<void> {
  const old = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const kept = new Map(
    [...old.matchAll(/<!-- (\S+) -->\n([^]*?)<!-- end -->/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
  kept.set(name, text);
  const parts = benches.flatMap(([known]) => {
    const part = kept.get(known);
    return part === undefined ? [] : [`<!-- ${known} -->\n${part}<!-- end -->\n`];
  });
  const head = `# Figures\n\nWritten by \`npm run bench\`; each section by its own run. Ratio: figure to peer or limit; the remarks at the end are\nwritten by hand.\n\n${describeMachine()}\n\n`;
  const notes = kept.get('notes');
  if (notes !== undefined) parts.push(`<!-- notes -->\n${notes}<!-- end -->\n`);
  writeFileSync(page, await format(head + parts.join('\n'), { parser: 'markdown', printWidth: 120 }));
}
