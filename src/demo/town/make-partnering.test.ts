import { describe, expect, it } from 'vitest';
import { dueBy } from '#server/modules/partners/rules-due.ts';
import { isCreditCode } from '#server/modules/partners/rules.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { linkActivities } from './link-activities.ts';
import { makePartnering } from './make-partnering.ts';
import { makeServices } from './make-services.ts';
import { makeTown } from './make-town.ts';

const nowMs = Date.parse('2026-08-03T13:00:00+08:00');
const town = makeTown();
const made = makePartnering(town, nowMs);

describe('partners of the demo', () => {
  it('are thirteen with a year behind them, the same each time', () => {
    expect(made.facts).toHaveLength(13);
    expect(makePartnering(town, nowMs)).toEqual(made);
    expect(made.deliveries.length).toBeGreaterThan(900);
    expect(made.facts.every(({ creditCode }) => isCreditCode(creditCode))).toBe(true);
  });

  it('are at the station of the story, and at every station somebody is', () => {
    const today = dayOf(nowMs);
    const alive = made.pledges.filter(({ fromDay, toDay }) => fromDay <= today && today <= toDay);
    const at = (code: string) => {
      const station = town.stations.find((one) => one.code === code);
      const named = alive.filter(({ stationId }) => stationId === station?.id);
      const wide = alive.filter(
        ({ stationId, partnerId }) =>
          stationId === null &&
          station?.path.includes(town.partners.find(({ id }) => id === partnerId)?.areaCode ?? ''),
      );
      return new Set([...named, ...wide].map(({ partnerId }) => partnerId)).size;
    };
    expect(at('chaotianmen')).toBe(12);
    for (const { code } of town.stations) expect([code, at(code) > 0]).toEqual([code, true]);
  });

  it('keep their word, but for two who are behind', () => {
    const behind = new Set(
      made.pledges
        .filter((pledge) => {
          const came = made.deliveries
            .filter(({ pledgeId, state }) => pledgeId === pledge.id && state === 'confirmed')
            .reduce((sum, { quantity }) => sum + quantity, 0);
          return came < dueBy({ ...pledge, endedOn: null }, dayOf(nowMs)).quantity * 0.85;
        })
        .map(({ partnerId }) => town.partners.find(({ id }) => id === partnerId)?.code),
    );
    expect([...behind]).toEqual(expect.arrayContaining(['wharf-noodles', 'qisheng-express']));
    expect(behind.size).toBeLessThan(7);
  });

  it('keep their sessions with activities that were held, each with one', () => {
    const joined = makePartnering(town, nowMs);
    const { activities } = makeServices(town, nowMs);
    const linked = linkActivities(joined, activities);
    expect(linked).toBeGreaterThan(5);
    const came = joined.deliveries.filter(({ source }) => source === 'activity');
    expect(new Set(came.map(({ sourceId }) => sourceId)).size).toBe(linked);
    for (const { sourceId, pledgeId, partnerId, stationId, day, notedAt } of came) {
      const activity = activities.find(({ id }) => id === sourceId);
      expect(activity).toMatchObject({ state: 'held', pledgeId, partnerId, station: { id: stationId } });
      expect([day, notedAt]).toEqual([dayOf(activity?.startsMs ?? 0), new Date(activity?.endsMs ?? 0)]);
    }
    expect(joined.deliveries).toHaveLength(made.deliveries.length);
  });

  it('rate once a quarter and station', () => {
    const keys = made.ratings.flatMap(({ partnerId, stationId, quarter }) =>
      quarter === null ? [] : [`${partnerId} ${stationId} ${quarter}`],
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(made.ratings.every(({ at }) => at.getTime() < nowMs)).toBe(true);
  });
});
