import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { Command } from '#web/field/command.ts';
import { emptyDay } from '#web/field/day-pack.ts';
import { expectedOf, expectedSteps } from '#web/field/expected.ts';
import type { EventDetail, EventRow } from '#web/field/field-api.ts';
import { emptyAct, missingPhotos, needOfAct, toActBody } from './act/act-draft.ts';
import { hasPhrase, togglePhrase } from './parts/QuickWords.tsx';
import { classesOf, frequent, type Category } from './parts/use-categories.ts';
import { emptyDraft, fromBody, needOf, toReportBody, toSelfHandleBody } from './report/draft.ts';
import { nearIn } from './report/Similar.tsx';
import { sortToday } from './today/sorting.ts';

const task = 'task-1';

function event(part: Partial<EventDetail>): EventDetail {
  return {
    id: 'e1',
    status: 'dispatched',
    verifiedAt: null,
    priority: 3,
    reportedAt: '2026-06-03T01:00:00.000Z',
    dueAt: null,
    lon: null,
    lat: null,
    allowed: [],
    tasks: [],
    attachments: [],
    rule: { tier: 'grid', leadRole: 'x', assistRoles: [], evidence: 'before_after', version: 1 },
    ...part,
  } as unknown as EventDetail;
}

function done(verb: Command['verb'], body: Record<string, unknown> = {}): Command {
  return { verb, body, eventId: 'e1' } as unknown as Command;
}

const photo = (kind: 'before' | 'after' | 'report') => ({ key: kind, blob: new Blob(['x']), kind });

describe('what is expected next', () => {
  const mine = event({
    allowed: [
      { verb: 'accept', taskId: task },
      { verb: 'return', taskId: task },
      { verb: 'note', taskId: null },
      { verb: 'dispatch', taskId: null },
    ],
    tasks: [{ id: task, mine: true, part: 'lead' } as unknown as EventDetail['tasks'][number]],
  });

  it.each([
    ['nothing done yet', [], 'accept'],
    ['accepted without a signal', [done('accept', { taskId: task })], 'arrive'],
    ['accepted and arrived', [done('accept', { taskId: task }), done('arrive', { taskId: task })], 'finish'],
    ['finished', [done('accept', { taskId: task }), done('finish', { taskId: task })], undefined],
    ['returned', [done('return', { taskId: task })], undefined],
  ])('follows what was done on the phone: %s', (_, unsent, verb) => {
    expect(expectedOf(mine, unsent)?.verb).toBe(verb);
  });

  it('leaves the matters of the desk out', () => {
    expect(expectedSteps(mine, []).map(({ verb }) => verb)).toEqual(['accept', 'return', 'note']);
  });

  it('does not ask for the task of another unit, nor for a second look', () => {
    const other = event({ allowed: [{ verb: 'accept', taskId: 'task-2' }], tasks: mine.tasks });
    expect(expectedOf(other, [])).toBeNull();
    const looked = event({ allowed: [{ verb: 'verify', taskId: null }], verifiedAt: '2026-06-03T02:00:00.000Z' });
    expect(expectedOf(looked, [])).toBeNull();
  });
});

describe('the order of today', () => {
  const verify = { allowed: [{ verb: 'verify' as const, taskId: null }], tasks: [] };
  const details = [
    event({ ...verify, id: 'later', dueAt: '2026-06-03T09:00:00.000Z', lon: 106.5, lat: 29.5 }),
    event({ ...verify, id: 'soon', dueAt: '2026-06-03T05:00:00.000Z', lon: 106.6, lat: 29.5 }),
    event({ ...verify, id: 'danger', priority: 0 }),
    event({ id: 'quiet' }),
  ];
  const pack = { rows: details as EventRow[], details: new Map(details.map((one) => [one.id, one])), savedMs: 0 };

  it('puts danger first, then what is due soonest; what asks nothing of me stands apart', () => {
    const today = sortToday(pack, emptyDay, [], { here: null, show: 'all', nowMs: 0 });
    expect(today.waiting.map(({ id }) => id)).toEqual(['danger', 'soon', 'later']);
    expect(today.others.map(({ id }) => id)).toEqual(['quiet']);
  });

  it('puts the nearest first when asked, without a place last', () => {
    const today = sortToday(pack, emptyDay, [], { here: { lon: 106.5, lat: 29.5 }, show: 'all', nowMs: 0 });
    expect(today.waiting.map(({ id }) => id)).toEqual(['later', 'soon', 'danger']);
    expect(today.waiting[1]?.distanceM).toBeGreaterThan(9_000);
  });
});

describe('an act', () => {
  it.each([
    ['verify', {}, 'outcome'],
    ['verify', { outcome: 'confirmed' }, null],
    ['escalate', { words: 'x' }, 'reason'],
    ['escalate', { words: '超出社区能力' }, null],
    ['note', {}, 'words'],
    ['finish', {}, 'result'],
    ['finish', { words: '已修复' }, 'evidence'],
    ['finish', { words: '已修复', noPhotoReason: '当时不便拍照' }, null],
    ['ask_extension', { words: '天气原因' }, 'amount'],
    ['record_call', { number: '一一九' }, 'number'],
    ['record_call', { number: '119' }, null],
    ['accept', {}, null],
  ] as const)('%s with %o wants %s', (verb, part, need) => {
    expect(needOfAct(verb, { ...emptyAct(), ...part }, event({}), task)).toBe(need);
  });

  it('wants the photos its category wants, counting those already there', () => {
    expect(missingPhotos(event({}), task, [])).toEqual(['before', 'after']);
    const there = event({ attachments: [{ kind: 'report' } as unknown as EventDetail['attachments'][number]] });
    expect(missingPhotos(there, task, [])).toEqual(['after']);
    expect(missingPhotos(there, task, [photo('after')])).toEqual([]);
    const assist = event({ tasks: [{ id: task, part: 'assist' } as unknown as EventDetail['tasks'][number]] });
    expect(missingPhotos(assist, task, [])).toEqual([]);
  });

  it('becomes the body its route promises', () => {
    const draft = { ...emptyAct(), words: ' 已修复 ', outcome: 'fail' as const };
    expect(toActBody('check', draft, null, '')).toEqual({ outcome: 'fail', note: '已修复', showReporter: false });
    expect(toActBody('finish', draft, task, '')).toEqual({ taskId: task, result: '已修复', showReporter: false });
    const shown = { ...draft, photos: [photo('after')], showReporter: true };
    expect(toActBody('finish', shown, task, '')).toEqual({ taskId: task, result: '已修复', showReporter: true });
    expect(toActBody('note', draft, null, '')).toEqual({ note: '已修复' });
  });
});

describe('a report', () => {
  const full = { ...emptyDraft(), categoryCode: 'P0401', at: { lon: 106.5, lat: 29.5, accuracyM: 8 } };

  it.each([
    ['nothing', emptyDraft(), null, 'category'],
    ['no place', { ...full, at: null }, null, 'place'],
    ['no place, but a grid of one’s own', { ...full, at: null }, '500103004010001', null],
    ['words for a place', { ...full, at: null, placeWords: '3 号楼' }, null, null],
    ['handled without a word', { ...full, selfHandled: true }, null, 'result'],
    ['handled without a photo', { ...full, selfHandled: true, result: '已清理' }, null, 'evidence'],
    ['handled with a photo', { ...full, selfHandled: true, result: '已清理', photos: [photo('after')] }, null, null],
  ])('with %s', (_, draft, home, need) => {
    expect(needOf(draft, home)).toBe(need);
  });

  it('names the grid only when there is no position', () => {
    expect(toReportBody(full, '500103004010001')).not.toHaveProperty('areaCode');
    expect(toReportBody({ ...full, at: null }, '500103004010001')).toMatchObject({
      areaCode: '500103004010001',
      lon: null,
    });
  });

  it('that was refused comes back as the same draft', () => {
    const draft = {
      ...full,
      at: { lon: 106.5, lat: 29.5, accuracyM: null },
      words: '倒了',
      placeWords: '门口',
      urgent: true,
    };
    expect(fromBody({ ...toReportBody(draft, null) }, [])).toEqual(draft);
    const handled = { ...draft, selfHandled: true, result: '已清理', noPhotoReason: '夜间看不清' };
    expect(fromBody({ ...toSelfHandleBody(handled, null) }, [])).toEqual(handled);
  });

  it('finds the same matter nearby among what the phone knows', () => {
    const rows = [
      event({ id: 'near', categoryCode: 'P0401', lon: 106.5001, lat: 29.5 }),
      event({ id: 'far', categoryCode: 'P0401', lon: 106.51, lat: 29.5 }),
      event({ id: 'other', categoryCode: 'E0101', lon: 106.5, lat: 29.5 }),
    ] as EventRow[];
    expect(nearIn(rows, full).map(({ id }) => id)).toEqual(['near']);
  });
});

describe('words and tiles', () => {
  it('adds a phrase and takes it away, keeping what was typed', () => {
    const once = togglePhrase('门口积水', '堵住了路', '，');
    expect(once).toBe('门口积水，堵住了路');
    expect(hasPhrase(once, '堵住了路')).toBe(true);
    expect(togglePhrase(once, '堵住了路', '，')).toBe('门口积水');
  });

  it('offers the classes right above what can be reported, and what stands beside them', () => {
    const one = (code: string, parentCode: string | null): Category => ({
      code,
      parentCode,
      name: code,
      nameEn: '',
      icon: null,
    });
    const items = [
      one('P', null),
      one('P1', 'P'),
      one('P11', 'P1'),
      one('G', null),
      one('G1', 'G'),
      one('G11', 'G1'),
      one('G9', 'G'),
    ];
    expect(classesOf(items).map(({ code }) => code)).toEqual(['P1', 'G1', 'G9']);
  });

  it('counts what occurs most', () => {
    expect(frequent(['b', 'a', 'b', 'c', 'c', 'c'])).toEqual(['c', 'b', 'a']);
  });
});
