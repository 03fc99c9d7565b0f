import { kioskRoutes, screenRoutes } from '#contract/screens.ts';
import { mountKioskLive } from '#server/http/live.ts';
import { mount } from '#server/http/mount.ts';
import { createScreens } from '#server/modules/analytics/index.ts';
import type { Joined, Parts } from './parts.ts';
import { screenSources, type Told } from './screen-sources.ts';

/** Big screens: what they show is asked of the modules that own it. */
export function joinScreens(parts: Parts, told: Told): Joined {
  const { app, database, territory, vault, clock, doors, hub } = parts;
  const screens = createScreens({
    database,
    territory,
    vault,
    clock,
    sources: screenSources(parts, told),
    report: (widget, error) => app.log.warn({ err: error, widget }, 'A screen could not be told one of its widgets.'),
  });
  mount(app, screenRoutes, screens.handlers, doors);
  mount(app, kioskRoutes, screens.kioskHandlers, doors);
  mountKioskLive(app, hub, screens.kioskActor);
  return {};
}
