import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { keysOf, literalWords, namesRead } from '../../tools/words-in-code.ts';
import { root } from './cruise.ts';

describe('words on the screens', () => {
  it('live in the dictionaries, are all used, and nothing is written twice', () => {
    const run = spawnSync(process.execPath, ['tools/check-i18n.ts'], { cwd: root, encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
  }, 60_000);

  it.each([
    ['text between tags', 'export const A = () => <b>Save</b>;', ['Save']],
    ['a spoken attribute', 'export const A = () => <button aria-label="Close" />;', ['Close']],
    ['Chinese in a string', "export const a = '保存';", ['保存']],
    ['Chinese in a template', 'export const a = (n: number) => `第${n}次`;', ['第', '次']],
  ])('are found where they should not be: %s', (_, source, found) => {
    expect(literalWords('planted.tsx', source)).toEqual(found);
  });

  it('are not seen where there are none: code, keys, numbers', () => {
    expect(
      literalWords(
        'innocent.tsx',
        "export const A = ({ t }: { t: { save: string } }) => <b className='x' data-id='y'>{t.save} 1</b>;",
      ),
    ).toEqual([]);
  });

  it('that no screen uses are found', () => {
    const names = namesRead('planted.tsx', 'export const f = (t: { save: string }) => t.save;');
    expect(keysOf({ save: '保存', lost: '没人用' }).filter((key) => !names.has(key))).toEqual(['lost']);
  });
});
