import { AppError } from '#kit/errors.ts';
import type { Category } from '#server/modules/events/index.ts';
import type { Value } from './document.ts';
import { texts, type Locale } from './words.ts';

type Categories = ReadonlyMap<string, Category>;

const nameOf = (category: Category, locale: Locale) =>
  locale === 'en' && category.nameEn !== '' ? category.nameEn : category.name;

export function serviceName(categories: Categories, code: string, locale: Locale): string {
  const category = categories.get(code);
  return category === undefined ? code : nameOf(category, locale);
}

/** What can be reported: categories open to residents that nothing is below, in the order of the library. */
export function listServices(categories: Categories, locale: Locale): Value[] {
  return offered(categories).map((category) => {
    const parent = categories.get(category.parentCode ?? '');
    const names = [category.name, category.nameEn, parent?.name, parent?.nameEn].filter((name) => !!name);
    const other = locale === 'en' ? category.name : category.nameEn;
    return {
      service_code: category.code,
      service_name: nameOf(category, locale),
      description: other === '' ? null : other,
      metadata: true,
      type: 'realtime',
      keywords: [...new Set(names)].map((name) => name?.replaceAll(',', ' ') ?? '').join(','),
      group: parent === undefined ? null : nameOf(parent, locale),
    };
  });
}

function offered(categories: Categories): Category[] {
  const above = new Set(Array.from(categories.values(), (one) => (one.retired ? null : one.parentCode)));
  return [...categories.values()].filter((one) => one.publicReport && !one.retired && !above.has(one.code));
}

/** @throws AppError not_found for a code that is not offered */
export function getService(categories: Categories, code: string): Category {
  const category = offered(categories).find((one) => one.code === code);
  if (category === undefined)
    throw new AppError(
      'not_found',
      `service_code: "${code.slice(0, 40)}" was not found. GET services lists all codes.`,
    );
  return category;
}

/** Parts of the city (部件) stand where everybody can see them; whatever else happens may concern a home. */
export function isPart(categories: Categories, code: string): boolean {
  let root = code;
  for (let steps = 0; steps < 10; steps++) root = categories.get(root)?.parentCode ?? root;
  return root === 'P';
}

/** The further questions, the same for every service; none is required, so that a simple client can report too. */
export function defineService(code: string, locale: Locale): Value {
  const t = texts[locale];
  const question = { variable: true, required: false };
  return {
    service_code: code,
    attributes: [
      {
        ...question,
        code: 'place_words',
        datatype: 'string',
        datatype_description: t.line,
        order: 1,
        description: t.place,
      },
      {
        ...question,
        code: 'danger',
        datatype: 'singlevaluelist',
        datatype_description: t.dangerHint,
        order: 2,
        description: t.danger,
        values: [
          { key: 'yes', name: t.yes },
          { key: 'no', name: t.no },
        ],
      },
      {
        ...question,
        code: 'noticed_at',
        datatype: 'datetime',
        datatype_description: t.noticedHint,
        order: 3,
        description: t.noticed,
      },
      {
        ...question,
        code: 'external_id',
        datatype: 'string',
        datatype_description: t.number,
        order: 4,
        description: t.external,
      },
    ],
  };
}
