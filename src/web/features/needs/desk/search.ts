import { needSources, needStates, type NeedSource, type NeedState } from '#contract/needs-views.ts';

/** What the address of the page may hold. */
export interface NeedSearch {
  class?: string | undefined;
  area?: string | undefined;
  group?: string | undefined;
  state?: NeedState | undefined;
  source?: NeedSource | undefined;
  q?: string | undefined;
  /** The one that is shown beside. */
  need?: string | undefined;
}

/** Reads the address of the page; what does not fit is left out. */
export function parseNeedSearch(search: Record<string, unknown>): NeedSearch {
  const text = (key: string, form: RegExp): string | undefined => {
    const value = search[key] === undefined ? '' : String(search[key]);
    return form.test(value) ? value : undefined;
  };
  const found: NeedSearch = {
    class: text('class', /^[a-z][a-z0-9_]{0,40}$/),
    area: text('area', /^\d{6,17}$/),
    group: text('group', /^[a-z][a-z0-9_]{0,20}$/),
    state: needStates.find((one) => one === search['state']),
    source: needSources.find((one) => one === search['source']),
    q: text('q', /^.{1,60}$/),
    need: text('need', /^[0-9a-f-]{36}$/),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
