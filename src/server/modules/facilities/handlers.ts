import type { facilityRoutes, populationRoutes, standardRoutes } from '#contract/facilities.ts';
import type { idleRoutes } from '#contract/idle.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { closeFacility, createFacility, editFacility } from './commands.ts';
import { addIdlePhoto, createIdle, editIdle, takeIdlePhotoOff, withdrawIdle } from './idle-commands.ts';
import { getIdle, listIdle, readIdleHistory } from './idle-queries.ts';
import { importCells } from './import-cells.ts';
import { importFacilities } from './import-facilities.ts';
import type { FacilitiesParts } from './parts.ts';
import { readCells, readSums } from './population.ts';
import { getFacility, listFacilities, mapFacilities, readHistory, readWords } from './queries.ts';
import { listForDesk, readStandardHistory, setStandard } from './standards-desk.ts';

interface Ctx {
  actor: Actor;
}

export function facilityHandlers(parts: FacilitiesParts): Handlers<Omit<typeof facilityRoutes, 'export'>, Ctx> {
  return {
    words: async () => readWords(),
    list: ({ query }, { actor }) => listFacilities(parts, actor, query),
    map: ({ query }, { actor }) => mapFacilities(parts, actor, query),
    get: ({ params }, { actor }) => getFacility(parts, actor, params.id),
    history: ({ params }, { actor }) => readHistory(parts, actor, params.id),
    create: ({ body }, { actor }) => createFacility(parts, actor, body),
    edit: ({ params, body }, { actor }) => editFacility(parts, actor, params.id, body),
    close: ({ params, body }, { actor }) => closeFacility(parts, actor, params.id, body),
    import: ({ body }, { actor }) => importFacilities(parts, actor, body),
  };
}

export function standardHandlers(parts: FacilitiesParts): Handlers<typeof standardRoutes, Ctx> {
  return {
    list: ({ query }, { actor }) => listForDesk(parts, actor, query),
    history: ({ params, query }, { actor }) => readStandardHistory(parts, actor, params.classCode, query.area),
    set: ({ params, body }, { actor }) => setStandard(parts, actor, params.classCode, body),
  };
}

export function populationHandlers(parts: FacilitiesParts): Handlers<typeof populationRoutes, Ctx> {
  return {
    sums: ({ query }, { actor }) => readSums(parts, actor, query),
    cells: ({ query }, { actor }) => readCells(parts, actor, query),
    import: ({ body }, { actor }) => importCells(parts, actor, body),
  };
}

export function idleHandlers(parts: FacilitiesParts): Handlers<Omit<typeof idleRoutes, 'export' | 'photo'>, Ctx> {
  return {
    list: ({ query }, { actor }) => listIdle(parts, actor, query),
    get: ({ params }, { actor }) => getIdle(parts, actor, params.id),
    history: ({ params }, { actor }) => readIdleHistory(parts, actor, params.id),
    create: ({ body }, { actor }) => createIdle(parts, actor, body),
    edit: ({ params, body }, { actor }) => editIdle(parts, actor, params.id, body),
    withdraw: ({ params, body }, { actor }) => withdrawIdle(parts, actor, { id: params.id, back: false }, body),
    bringBack: ({ params, body }, { actor }) => withdrawIdle(parts, actor, { id: params.id, back: true }, body),
    addPhoto: ({ params, body }, { actor }) => addIdlePhoto(parts, actor, params.id, body),
    removePhoto: ({ params, body }, { actor }) => takeIdlePhotoOff(parts, actor, params, body),
  };
}
