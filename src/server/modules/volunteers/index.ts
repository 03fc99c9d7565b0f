import { readVolunteerWords } from './dictionary.ts';
import { certificateFile, exportFile, ownCertificate, readCalendar, type MadeFile } from './files.ts';
import { volunteerHandlers, volunteerPublicHandlers } from './handlers.ts';
import { tellShort } from './jobs.ts';
import type { VolunteersParts } from './parts.ts';
import type { Actor } from '#server/modules/identity/index.ts';

export { listDutySpans } from './store-duty-hours.ts';
export type { Span } from './rules.ts';

export interface Volunteers {
  handlers: ReturnType<typeof volunteerHandlers>;
  publicHandlers: ReturnType<typeof volunteerPublicHandlers>;
  files: {
    calendar(file: string): Promise<MadeFile>;
    ownCertificate(params: { secret: string; id: string }): Promise<MadeFile>;
    certificate(actor: Actor, id: string): Promise<MadeFile>;
    hours(actor: Actor, id: string): Promise<MadeFile>;
  };
  /** Tells stations of tomorrow's gaps; returns how many were told. */
  tellShort(): Promise<number>;
}

export function createVolunteers(given: Omit<VolunteersParts, 'words'>): Volunteers {
  const parts: VolunteersParts = { ...given, words: readVolunteerWords() };
  return {
    handlers: volunteerHandlers(parts),
    publicHandlers: volunteerPublicHandlers(parts),
    files: {
      calendar: (file) => readCalendar(parts, file),
      ownCertificate: (params) => ownCertificate(parts, params),
      certificate: (actor, id) => certificateFile(parts, actor, id),
      hours: (actor, id) => exportFile(parts, actor, id),
    },
    tellShort: () => tellShort(parts),
  };
}
