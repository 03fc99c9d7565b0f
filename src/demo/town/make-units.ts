/** Every organisation of the demo town, top down: a unit never comes before its parent. */
import type { Rng } from '#kit/random.ts';
import type { Tier } from '#kit/tiers.ts';
import type { DemoArea } from '../geography/make-geography.ts';
import { liangLuKou } from '../geography/names.ts';
import { seededId } from '../ids.ts';
import { boards, districtOffices, posts, smallStreetPosts } from './posts.ts';

export interface DemoBoard {
  code: string;
  areaCode: string;
  name: string;
  nameEn: string;
  sort: number;
}

export interface DemoUnit {
  id: string;
  code: string;
  kind: 'centre' | 'committee' | 'post' | 'department' | 'agency' | 'station';
  roleCode: string;
  name: string;
  nameEn: string;
  tier: Tier;
  areaCode: string;
  parentId: string | null;
  boardCode: string | null;
  phone: string | null;
  sort: number;
}

export interface Organisation {
  boards: DemoBoard[];
  units: DemoUnit[];
}

/** Invented numbers. */
const phoneOf = (k: number) => `023-5550${String(1000 + k)}`;

export function makeUnits(rng: Rng, areas: readonly DemoArea[], sinceMs: number): Organisation {
  const made: Organisation = { boards: [], units: [] };
  const centreOf = new Map<string, DemoUnit>();
  const add = (unit: Omit<DemoUnit, 'id' | 'sort' | 'phone'>): DemoUnit => {
    const sort = made.units.length;
    const full = { ...unit, id: seededId(rng, sinceMs, sort), sort, phone: phoneOf(sort) };
    made.units.push(full);
    return full;
  };
  for (const tier of ['city', 'district', 'street', 'community'] as const) {
    for (const area of areas.filter((candidate) => candidate.tier === tier)) {
      const parent = area.parentCode === null ? undefined : centreOf.get(area.parentCode);
      const unit = add(tier === 'community' ? committeeOf(area, parent) : centreFor(area, parent));
      centreOf.set(area.code, unit);
      if (tier === 'district') addOffices(area, unit, add);
      if (tier === 'street') addPosts(area, unit, areas, made.boards, add);
    }
  }
  return made;
}

type Add = (unit: Omit<DemoUnit, 'id' | 'sort' | 'phone'>) => DemoUnit;

function centreFor(area: DemoArea, parent: DemoUnit | undefined): Parameters<Add>[0] {
  const suffix = area.tier === 'street' ? '基层治理指挥中心' : '数字化城市运行和治理中心';
  const level = { city: 'City', district: 'District', street: 'Street' }[area.tier as 'city' | 'district' | 'street'];
  return {
    code: `${area.code}-centre`,
    kind: 'centre',
    roleCode: 'centre',
    name: area.name + suffix,
    nameEn: `${level} Governance Centre ${area.code}`,
    tier: area.tier,
    areaCode: area.code,
    parentId: parent?.id ?? null,
    boardCode: null,
  };
}

function committeeOf(area: DemoArea, parent: DemoUnit | undefined): Parameters<Add>[0] {
  return {
    code: `${area.code}-committee`,
    kind: 'committee',
    roleCode: 'committee',
    name: `${area.name}居委会`,
    nameEn: `Community Committee ${area.code}`,
    tier: 'community',
    areaCode: area.code,
    parentId: parent?.id ?? null,
    boardCode: null,
  };
}

function addOffices(area: DemoArea, centre: DemoUnit, add: Add): void {
  for (const { kind, role, name, nameEn } of districtOffices) {
    add({
      code: `${area.code}-${role}`,
      kind,
      roleCode: role,
      name: area.name + name,
      nameEn: `${nameEn} (${area.code})`,
      tier: 'district',
      areaCode: area.code,
      parentId: kind === 'department' ? centre.id : null,
      boardCode: null,
    });
  }
}

/** Streets without communities are only outlines with a centre; the demo street has all 23 posts. */
function addPosts(area: DemoArea, centre: DemoUnit, areas: readonly DemoArea[], made: DemoBoard[], add: Add): void {
  if (!areas.some(({ parentCode }) => parentCode === area.code)) return;
  boards.forEach(({ key, name, nameEn }, sort) => {
    made.push({ code: `${area.code}-${key}`, areaCode: area.code, name, nameEn, sort });
  });
  const short = area.name.replace(/街道$/, '');
  for (const { role, board, name, nameEn } of posts) {
    if (area.code !== liangLuKou.code && !smallStreetPosts.includes(role)) continue;
    add({
      code: `${area.code}-${role}`,
      kind: 'post',
      roleCode: role,
      name: `${short}${name}`,
      nameEn: `${nameEn} (${area.code})`,
      tier: 'street',
      areaCode: area.code,
      parentId: centre.id,
      boardCode: `${area.code}-${board}`,
    });
  }
}
