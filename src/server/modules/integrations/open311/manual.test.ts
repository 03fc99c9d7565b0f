import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { open311Around, open311Routes, open311TestRoutes } from '#contract/open311.ts';
import type { Route } from '#contract/route.ts';
import { openStory, type Answer, type Story } from './open311.fixture.ts';

const manual = readFileSync(join(import.meta.dirname, '../../../../../docs/open311.md'), 'utf8');
const commands = [...manual.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = '']) => block.split('\n'))
  .filter((line) => line !== '');

let story: Story;
beforeAll(async () => {
  story = await openStory();
});
afterAll(() => story.end());

/** What a shell would make of an example: quotes, two variables, and the three options the manual uses. */
async function run(command: string): Promise<Answer> {
  const [program, ...words] = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? '').replace('$HUANGGE/open311', '').replace('$KEY', story.key.city),
  );
  expect(program).toBe('curl');
  const fields = new URLSearchParams();
  const headers: Record<string, string> = {};
  let path = '';
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '-s') continue;
    if (word === '--data-urlencode' || word === '-H') {
      const [, name = '', value = ''] = /^([^=:]+)(?:=|: )(.*)$/.exec(words[++i] ?? '') ?? [];
      if (word === '-H') headers[name.toLowerCase()] = value;
      else fields.append(name, value);
    } else path = word;
  }
  return fields.size === 0 ? story.get(path, headers) : story.post(path, fields.toString());
}

describe('the manual of Open311', () => {
  it('shows only examples that work', async () => {
    expect(commands.length).toBe(6);
    const report = commands.at(-1) ?? '';
    expect((await run(report.replace('/test', ''))).status).toBe(200);
    for (const command of commands) {
      const answer = await run(command);
      expect([command, answer.status]).toEqual([command, 200]);
      if (!command.includes('updates')) expect(answer.text.length).toBeGreaterThan(80);
    }
    expect((await run(report.replace('$KEY', 'wrong'))).status).toBe(403);
  });

  it('names every address that is promised', () => {
    const paths = [open311Routes, open311TestRoutes, open311Around].flatMap((routes) =>
      Object.values(routes as Record<string, Route>).map(
        ({ path }) => path.replace(/^\/open311\/((test\/)?v2\/)?/, '').split(/[./]/)[0] ?? '',
      ),
    );
    expect(new Set(paths).size).toBe(6);
    for (const path of paths) expect(manual).toMatch(new RegExp(`(GET|/open311)[ /]${path}`));
  });
});
