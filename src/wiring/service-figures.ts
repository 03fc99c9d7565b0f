import { serviceFigureRoutes } from '#contract/service-figures.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import { activityKinds, countHeld, listSettled, titlesOf } from '#server/modules/activities/index.ts';
import { scopeFor, shanghaiDay } from '#server/modules/identity/index.ts';
import { namesOf, readPartnerWords, sumDelivered } from '#server/modules/partners/index.ts';
import {
  counterWords,
  createServiceFigures,
  type FigureParts,
  type ServiceFigures,
} from '#server/modules/services/index.ts';
import { allStations } from '#server/modules/stations/index.ts';
import { sumShort, supplyItems } from '#server/modules/supplies/index.ts';
import { listDutySpans } from '#server/modules/volunteers/index.ts';
import type { Joined, Parts } from './parts.ts';

/** What figures of service ask of other modules. */
export function figureParts({
  database,
  clock,
  territory,
}: Pick<Parts, 'database' | 'clock' | 'territory'>): FigureParts {
  const { units } = readPartnerWords();
  return {
    database,
    clock,
    territory,
    listStations: (actor, word) => database.read(scopeFor(actor, word), (tx) => allStations(tx)),
    partnerNames: namesOf,
    countHeld,
    activityKind: (code) => activityKinds().get(code),
    activityTitles: titlesOf,
    listActivities: listSettled,
    serviceKind: (code) => counterWords().kinds.get(code),
    listRoster: listDutySpans,
    async listDelivered(tx, { stations, fromMs, toMs }) {
      const days = { fromDay: shanghaiDay(fromMs), toDay: shanghaiDay(toMs - 1) };
      const rows = await sumDelivered(tx, { stations, ...days });
      return rows.map((row) => ({ ...row, unit: units.get(row.unit)?.name ?? row.unit }));
    },
    async listShort(tx, filter) {
      const rows = await sumShort(tx, filter);
      return rows.map(({ itemCode, ...row }) => {
        const item = supplyItems().get(itemCode);
        return { ...row, itemName: item?.name ?? itemCode, unit: item?.unit ?? '' };
      });
    },
  };
}

/** Figures of service: routes, the monthly report as a file, and word on the first of a month that it can be read. */
export function joinServiceFigures(parts: Parts): Joined & { figures: ServiceFigures } {
  const { app, doors } = parts;
  const figures = createServiceFigures(figureParts(parts));
  mount(app, serviceFigureRoutes, figures.handlers, doors);
  mountFile(app, serviceFigureRoutes.report, ({ query }, { actor }) => figures.report(actor, query), doors);
  return {
    figures,
    jobs: [
      {
        name: 'services.months',
        cron: '10 8 1 * *',
        async run() {
          await figures.tellMonths();
        },
      },
    ],
  };
}
