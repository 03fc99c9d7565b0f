import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visitRoutes } from '#contract/visits.ts';
import { inspectionRoutes } from '#contract/inspections.ts';
import type { Command } from '#web/field/command.ts';
import type { InspectionTask, VisitForm, VisitTask } from '#web/field/field-api.ts';
import { openFieldStore, type FieldStore } from '#web/field/field-store.ts';
import type { Category } from '#web/field/known-lists.ts';
import { anna, fakeServer } from '#web/field/outbox.fixture.ts';
import { emptyPack } from '#web/field/pack.ts';
import { canaries, everything, inspectionTask, visitTask } from '#web/field/sealed.fixture.ts';
import { dropDraft, readDraft, saveDraft } from '#web/field/sealed-draft.ts';
import { sortToday, type Show } from '../today/sorting.ts';
import { windTo, winds } from './direction.ts';
import { emptyInspection, needOfInspection, tapped, toInspectionBody } from './inspect-draft.ts';
import { suggestCategories } from './suggest.ts';
import {
  changesOf,
  emptyVisit,
  needOfVisit,
  phoneIn,
  toVisitBody,
  type VisitDraft,
  type VisitOutcome,
} from './visit-draft.ts';

const known: VisitForm = {
  living: 'alone',
  health: '高血压',
  mobility: 'walks',
  needs: ['meals', 'company'],
  helper: '女儿',
  remark: '',
};
const nowMs = Date.parse('2026-06-03T06:00:00.000Z');
/** What the outbox adds on the way. */
const sent = (body: object): object => ({ opId: '01910000-0000-7000-8000-000000000001', attachments: [], ...body });

describe('a visit', () => {
  it('with nothing changed needs nothing filled in: the body is made of the method and the outcome', () => {
    const draft = emptyVisit(known);
    expect(needOfVisit(draft, 'nothing_changed', known)).toBeNull();
    expect(toVisitBody(draft, 'nothing_changed', known)).toEqual({
      method: 'home',
      outcome: 'nothing_changed',
      note: '',
    });
  });

  it('sends only what changed', () => {
    const form = { ...known, health: ' 摔了一跤 ', needs: ['company', 'meals'] };
    const draft: VisitDraft = { ...emptyVisit(known), mode: 'changed', form };
    expect(toVisitBody(draft, 'changed', known)).toMatchObject({ changes: { health: '摔了一跤' } });
    expect(needOfVisit({ ...draft, form: known }, 'changed', known)).toBe('changes');
  });

  it('whose changes are put on the last answers gives the answers of now', () => {
    const form = fc.record({
      living: fc.option(fc.constantFrom('alone', 'family')),
      health: fc.stringMatching(/^[a-z]{0,5}$/),
      mobility: fc.option(fc.constantFrom('walks', 'bed')),
      needs: fc.subarray(['meals', 'doctor', 'repair']),
      helper: fc.stringMatching(/^[a-z]{0,5}$/),
      remark: fc.stringMatching(/^[a-z]{0,5}$/),
    });
    fc.assert(
      fc.property(form, form, (before, after) => {
        const changes = changesOf(before, after);
        expect({ ...before, ...changes }).toEqual(after);
        expect(changesOf(after, after)).toEqual({});
      }),
    );
  });

  it('says by its outcome how it came about', () => {
    const phone = { ...emptyVisit(known), method: 'phone' as const };
    const methodOf = (outcome: VisitOutcome): string => toVisitBody(phone, outcome, known).method;
    expect([methodOf('no_answer'), methodOf('neighbour_ok'), methodOf('met_with_police')]).toEqual([
      'phone',
      'neighbour',
      'home',
    ]);
  });

  it('with something to mend wants a class and words, and its body is what the route takes', () => {
    const raise = { categoryCode: null, words: '', urgent: true };
    const draft = { ...emptyVisit(known), raise };
    expect(needOfVisit(draft, 'nothing_changed', known)).toBe('category');
    const named = { ...draft, raise: { ...raise, categoryCode: 'P0401' } };
    expect(needOfVisit(named, 'nothing_changed', known)).toBe('raiseWords');
    const full = { ...named, raise: { ...named.raise, words: '楼道灯不亮' } };
    expect(needOfVisit(full, 'nothing_changed', known)).toBeNull();
    const body = toVisitBody(full, 'nothing_changed', known);
    expect(body.raise).toEqual({ categoryCode: 'P0401', words: '楼道灯不亮', priority: 0 });
    expect(visitRoutes.record.body.safeParse(sent(body)).success).toBe(true);
  });

  it.each([
    ['女儿 13900001234', '13900001234'],
    ['023-6355 1234（社区）', '02363551234'],
    ['邻居王姐', null],
    [null, null],
  ])('finds the number in %s', (words, number) => {
    expect(phoneIn(words)).toBe(number);
  });
});

describe('an inspection', () => {
  const task: Pick<InspectionTask, 'checklist'> = {
    checklist: [
      { code: 'way', words: '通道畅通', wordsEn: 'Clear way', certain: false },
      { code: 'gear', words: '灭火器在位', wordsEn: 'Extinguisher', certain: false },
    ],
  };
  const say = (names: readonly string[]): string => `不符合：${names.join('；')}`;

  it('where all is fine is one tap', () => {
    expect(needOfInspection(emptyInspection())).toBeNull();
    expect(toInspectionBody(emptyInspection(), task)).toEqual({
      result: 'fine',
      answers: [
        { code: 'way', ok: true },
        { code: 'gear', ok: true },
      ],
      note: '',
    });
  });

  it('opens a report with the first wrong thing, whose words follow the tiles until changed by hand', () => {
    const one = { ...emptyInspection(), ...tapped(emptyInspection(), ['gear'], task.checklist, say) };
    expect(one.raise?.words).toBe('不符合：灭火器在位');
    const two = { ...one, ...tapped(one, ['gear', 'way'], task.checklist, say) };
    expect(two.raise?.words).toBe('不符合：通道畅通；灭火器在位');
    expect(tapped(two, [], task.checklist, say)).toEqual({ bad: [], raise: null });
    const own = { ...two, raise: { categoryCode: 'P0401', words: '灭火器过期', urgent: false } };
    expect(tapped(own, ['way'], task.checklist, say).raise?.words).toBe('灭火器过期');
    const body = toInspectionBody(own, task);
    expect(body).toMatchObject({ result: 'finding', finding: { categoryCode: 'P0401', words: '灭火器过期' } });
    expect(inspectionRoutes.record.body.safeParse(sent(body)).success).toBe(true);
  });

  it('may only be noted, or may be impossible, with a word why', () => {
    const noted = { ...emptyInspection(), bad: ['way'] };
    expect(needOfInspection(noted)).toBe('note');
    expect(toInspectionBody({ ...noted, note: '已当场清走' }, task)).toMatchObject({ result: 'finding' });
    const far = { ...emptyInspection(), unreachable: true };
    expect(needOfInspection(far)).toBe('note');
    expect(toInspectionBody({ ...far, note: '大门锁着' }, task)).toEqual({
      result: 'not_reachable',
      answers: [],
      note: '大门锁着',
    });
  });
});

describe('a class that fits', () => {
  const category = (code: string, name: string): Category => ({ code, name, nameEn: '', icon: null, parentCode: null });
  const items = [
    category('C1', '消防设施'),
    category('C2', '井盖'),
    category('C3', '占用消防通道'),
    category('C4', '燃气泄漏'),
  ];

  it('is found by what was wrong, without a network', () => {
    expect(suggestCategories(items, '不符合：消防通道畅通，无堆物停车', 2)).toEqual(['C3', 'C1']);
    expect(suggestCategories(items, '井盖破损', 3)).toEqual(['C2']);
    expect(suggestCategories(items, '', 3)).toEqual([]);
  });
});

describe('the way', () => {
  it('is told in eight winds', () => {
    const here = { lon: 106.55, lat: 29.55 };
    const around = winds.map((_, index) => {
      const turn = (index * Math.PI) / 4;
      const east = Math.sin(turn) / Math.cos((here.lat * Math.PI) / 180);
      return windTo(here, { lon: here.lon + 0.001 * east, lat: here.lat + 0.001 * Math.cos(turn) });
    });
    expect(around).toEqual([...winds]);
  });
});

describe('the list of today', () => {
  const visit = (id: string, part: Partial<VisitTask> = {}): VisitTask => ({ ...visitTask, id, ...part });
  const day = {
    visits: [
      visit('v-2', { order: 2, dueAt: '2026-06-03T07:00:00.000Z' }),
      visit('v-1', { order: 1, dueAt: '2026-06-03T09:00:00.000Z' }),
      visit('v-later', { state: 'no_answer', rung: 1, nextTryAt: '2026-06-03T08:00:00.000Z' }),
      visit('v-warned', { order: 3, reason: 'warning' }),
    ],
    inspections: [{ ...inspectionTask, id: 'i-1', dueAt: '2026-06-03T08:00:00.000Z' }],
    savedMs: nowMs,
  };
  const sort = (show: Show, unsent: readonly Command[] = []) =>
    sortToday(emptyPack, day, unsent, { here: null, show, nowMs });
  const ids = (show: Show): string[] => sort(show).waiting.map(({ id }) => id);

  it('puts danger first and the rest by its limit; visits alone go by the way', () => {
    expect(ids('all')).toEqual(['v-warned', 'v-2', 'i-1', 'v-1']);
    expect(ids('visits')).toEqual(['v-1', 'v-2', 'v-warned']);
    expect(ids('rounds')).toEqual(['i-1']);
    expect(ids('events')).toEqual([]);
  });

  it('wants today what the plan wants today, though its own limit is weeks away', () => {
    const far = { ...day, visits: [visit('v-far', { dueAt: '2026-07-01T00:00:00.000Z' })], inspections: [] };
    const [only] = sortToday(emptyPack, far, [], { here: null, show: 'all', nowMs }).waiting;
    expect(only?.dueAt).toBe('2026-06-03T15:59:00.000Z');
  });

  it('counts what is to be done now, on every page the same', () => {
    const counts = { all: 4, events: 0, visits: 3, rounds: 1 };
    expect([sort('all').counts, sort('visits').counts]).toEqual([counts, counts]);
    expect(sort('visits').later.map(({ id }) => id)).toEqual(['v-later']);
  });

  it('calls a second try back when its time has come', () => {
    const later = sortToday(emptyPack, day, [], { here: null, show: 'visits', nowMs: nowMs + 2 * 3_600_000 });
    expect(later.later).toEqual([]);
    expect(later.counts.visits).toBe(4);
  });

  it('no longer counts what was done here and waits for a signal', () => {
    const done = { about: { kind: 'visit', id: 'v-1' }, eventId: null } as unknown as Command;
    expect(sort('visits', [done]).waiting.map(({ id }) => id)).toEqual(['v-2', 'v-warned']);
  });
});

describe('a form left open', () => {
  let store: FieldStore;
  let turn = 0;
  const name = (): string => `draft-${turn}`;
  beforeEach(() => {
    turn += 1;
    store = openFieldStore(name());
  });
  afterEach(() => store.close());

  it('is found again with its pictures, lies sealed meanwhile, and goes when it is sent', async () => {
    const parts = { store, locker: fakeServer(store).world.locker, account: anna };
    const photo = { key: 'p1', kind: 'evidence' as const, blob: new Blob([canaries[0]], { type: 'image/jpeg' }) };
    const draft = { ...emptyVisit(visitTask.form), note: canaries[4], photos: [photo] };
    await saveDraft(parts, visitTask.id, draft, nowMs);
    await saveDraft(parts, visitTask.id, { ...draft, note: canaries[1] }, nowMs);
    const all = await everything(name());
    expect(canaries.filter((word) => all.includes(word))).toEqual([]);
    const found = await readDraft<typeof draft>(parts, visitTask.id);
    expect(found).toMatchObject({ note: canaries[1], form: { health: canaries[3] } });
    expect(await found?.photos[0]?.blob.text()).toBe(canaries[0]);
    expect(await readDraft({ ...parts, account: 'somebody else' }, visitTask.id)).toBeUndefined();
    await dropDraft(store, visitTask.id);
    expect(await readDraft(parts, visitTask.id)).toBeUndefined();
    expect((await everything(name())).includes('sealed: ')).toBe(false);
  });
});
