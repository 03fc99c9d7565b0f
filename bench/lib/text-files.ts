import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Example } from '#engine/text/train.ts';

const line = z.object({ title: z.string().optional(), text: z.string(), label: z.string().min(1) });

/**
 * Reads JSON lines {text, label} or {title, text, label}; empty lines are passed over, other fields ignored.
 * @throws Error naming the file, the line and what is wrong with it
 */
export function readExamples(path: string): Example[] {
  const examples = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((text, k) => (text.trim() === '' ? [] : parseLine(text, `${path}, line ${k + 1}`)));
  if (examples.length === 0) throw new Error(`${path}: expected JSON lines {text, label}, found none.`);
  return examples;
}

function parseLine(text: string, where: string): Example {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Error(`${where}: expected a JSON object, found ${text.slice(0, 60)}`);
  }
  const read = line.safeParse(found);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`);
  throw new Error(`${where}: expected {text, label} or {title, text, label}; ${problems.join('; ')}`);
}
