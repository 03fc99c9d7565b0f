import { needRoutes } from '#contract/needs.ts';
import { mount } from '#server/http/mount.ts';
import { createNeeds, type Needs } from '#server/modules/needs/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Joins needs: what people say is missing, from six sources and from their own mouths. */
export function joinNeeds({ app, config, database, territory, clock, identity, doors }: Parts): Joined & {
  needs: Needs;
} {
  const needs = createNeeds({
    database,
    territory,
    clock,
    names: identity.queries.namesOf,
    publicUrl: config.publicUrl,
  });
  mount(app, needRoutes, needs.handlers, doors);
  return { needs };
}
