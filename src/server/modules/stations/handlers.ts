import type { Handlers } from '#contract/route.ts';
import type { stationPublicRoutes, stationRoutes } from '#contract/stations.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import {
  addException,
  addPhoto,
  endException,
  markFacility,
  setBusy,
  setFacility,
  takePhotoOff,
} from './commands-facts.ts';
import { createStation, editStation, setHours } from './commands.ts';
import type { StationsParts } from './parts.ts';
import { getPublic, listPublic } from './queries-public.ts';
import { getStation, listStations, listUnits, listWords, readHistory } from './queries.ts';

export function stationHandlers(parts: StationsParts): Handlers<typeof stationRoutes, { actor: Actor }> {
  return {
    list: ({ query }, { actor }) => listStations(parts, actor, query),
    words: () => listWords(),
    freeUnits: (_input, { actor }) => listUnits(parts, actor),
    get: ({ params }, { actor }) => getStation(parts, actor, params.code),
    history: ({ params }, { actor }) => readHistory(parts, actor, params.id),
    create: ({ body }, { actor }) => createStation(parts, actor, body),
    edit: ({ params, body }, { actor }) => editStation(parts, actor, params.id, body),
    setHours: ({ params, body }, { actor }) => setHours(parts, actor, params.id, body),
    addException: ({ params, body }, { actor }) => addException(parts, actor, params.id, body),
    withdrawException: ({ params, body }, { actor }) => endException(parts, actor, params, body),
    setFacility: ({ params, body }, { actor }) => setFacility(parts, actor, params.id, body),
    markFacility: ({ params, body }, { actor }) => markFacility(parts, actor, params.id, body),
    setBusy: ({ params, body }, { actor }) => setBusy(parts, actor, params.id, body),
    addPhoto: ({ params, body }, { actor }) => addPhoto(parts, actor, params.id, body),
    removePhoto: ({ params, body }, { actor }) => takePhotoOff(parts, actor, params, body),
  };
}

export function stationPublicHandlers(
  parts: StationsParts,
): Handlers<Omit<typeof stationPublicRoutes, 'photo'>, unknown> {
  return {
    list: ({ query }) => listPublic(parts, query),
    get: ({ params }) => getPublic(parts, params.code),
  };
}
