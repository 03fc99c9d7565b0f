import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useMe } from '#web/app/me.ts';
import { useCategories, type CategoryChoice } from './names.ts';
import { areaQuery, childAreasQuery } from './queries.ts';

export interface Branch {
  value: string;
  title: string;
  selectable?: boolean;
  isLeaf?: boolean;
  children?: Branch[];
}

/** The category list as a tree; parents may be chosen where they stand for all below (filters). */
export function useCategoryTree(parentsToo: boolean): Branch[] {
  const { list } = useCategories();
  return useMemo(() => growCategories(list, parentsToo), [list, parentsToo]);
}

export function growCategories(all: readonly CategoryChoice[], parentsToo: boolean): Branch[] {
  const list = all.filter((one) => !one.retired);
  const known = new Set(list.map((one) => one.code));
  const below = Map.groupBy(list, (one) =>
    one.parentCode !== null && known.has(one.parentCode) ? one.parentCode : '',
  );
  const grow = (code: string): Branch[] =>
    (below.get(code) ?? []).map((one) => {
      const children = grow(one.code);
      return {
        value: one.code,
        title: one.name,
        selectable: parentsToo || children.length === 0,
        ...(children.length === 0 ? { isLeaf: true } : { children }),
      };
    });
  return grow('');
}

/** The areas this person's offices reach, opened level by level as asked. */
export function useAreaTree(): { tree: Branch[]; load: (code: string) => Promise<void> } {
  const me = useMe();
  const client = useQueryClient();
  const [below, setBelow] = useState<ReadonlyMap<string, Branch[]>>(new Map());
  const roots = useMemo(() => {
    const offices = (me?.appointments ?? []).filter((one) => one.live && one.areaCode !== null);
    const named = new Map(offices.map((one) => [one.areaCode ?? '', one.areaName ?? one.areaCode ?? '']));
    // An office inside the area of another adds nothing to the tree.
    return [...named].filter(([code]) => ![...named.keys()].some((other) => other !== code && code.startsWith(other)));
  }, [me]);
  const grow = (code: string, title: string): Branch => {
    const children = below.get(code)?.map((one) => ({ ...grow(one.value, one.title), isLeaf: one.isLeaf === true }));
    return { value: code, title, ...(children === undefined ? {} : { children }) };
  };
  return {
    tree: roots.map(([code, name]) => grow(code, name)),
    async load(code) {
      const { items } = await client.ensureQueryData(childAreasQuery(code));
      setBelow((now) =>
        new Map(now).set(
          code,
          items.map((one) => ({ value: one.code, title: one.name, isLeaf: one.childCount === 0 })),
        ),
      );
    },
  };
}

/** The name of one area, for a choice made elsewhere. */
export function useOneAreaName(code: string | undefined): string | undefined {
  return useQuery({ ...areaQuery(code ?? ''), enabled: code !== undefined }).data?.name;
}

/** Every category that can be given to an event, as one flat searchable list: typing and Enter are enough. */
export function useCategoryOptions(): { value: string; label: string }[] {
  const tree = useCategoryTree(false);
  return useMemo(() => tree.flatMap((branch) => leavesOf(branch, '')), [tree]);
}

function leavesOf(branch: Branch, above: string): { value: string; label: string }[] {
  const label = above === '' ? branch.title : `${above} › ${branch.title}`;
  return branch.children === undefined
    ? [{ value: branch.value, label }]
    : branch.children.flatMap((one) => leavesOf(one, label));
}
