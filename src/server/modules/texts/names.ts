import type { TextParts } from './parts.ts';
import type { SuggestionKind } from './store-model.ts';

export interface Named {
  name: string;
  nameEn: string;
}

/** Names of what is suggested: of the class, of a unit that has the role; a priority is its own name. */
export type NameOf = (kind: SuggestionKind, code: string) => Named;

export async function namesOf({ categories, territory }: Pick<TextParts, 'categories' | 'territory'>): Promise<NameOf> {
  const known = await categories();
  const own = (code: string): Named => ({ name: code, nameEn: code });
  return (kind, code) => {
    if (kind === 'category') return pick(known.get(code)) ?? own(code);
    if (kind === 'priority') return { name: `P${code}`, nameEn: `P${code}` };
    return pick(anyOfRole(territory, code)) ?? own(code);
  };
}

function anyOfRole(territory: TextParts['territory'], roleCode: string): Named | undefined {
  return unitIn(territory, roleCode, territory.city().code);
}

/** The first unit of a role, looking from the city down to the streets. */
function unitIn(territory: TextParts['territory'], roleCode: string, code: string): Named | undefined {
  const area = territory.area(code);
  const here = area === undefined ? undefined : territory.unitsByRole(roleCode, [...area.path])[0];
  if (here !== undefined || area?.tier === 'street') return here;
  for (const child of territory.children(code)) {
    const found = unitIn(territory, roleCode, child.code);
    if (found !== undefined) return found;
  }
  return undefined;
}

function pick(one: Named | undefined): Named | undefined {
  return one === undefined ? undefined : { name: one.name, nameEn: one.nameEn === '' ? one.name : one.nameEn };
}
