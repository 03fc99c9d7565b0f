import { describe, expect, it } from 'vitest';
import { suggestUnits } from './suggest.ts';

const rule = {
  tier: 'street',
  leadRole: 'urban_management',
  assistRoles: ['district_urban_management', 'power'],
} as const;
const post = { id: 'post', roleCode: 'urban_management', tier: 'street' } as const;
const bureau = { id: 'bureau', roleCode: 'district_urban_management', tier: 'district' } as const;
const power = { id: 'power', roleCode: 'power', tier: 'district' } as const;
const other = { id: 'other', roleCode: 'health', tier: 'street' } as const;
const units = [post, bureau, power, other];
const suggest = (desk: 'street' | 'district', returned: string[] = []) =>
  Object.fromEntries(suggestUnits(rule, desk, new Set(returned), units));

describe('whom the level library suggests', () => {
  it('at its own tier: the lead it names, and the usual assists', () => {
    expect(suggest('street')).toEqual({ post: 'lead', bureau: 'assist', power: 'assist' });
  });
  it('above that tier: the first usual assist that stands there leads; the street’s post is not asked again', () => {
    expect(suggest('district')).toEqual({ bureau: 'lead', power: 'assist' });
  });
  it('nobody who returned it', () => {
    expect(suggest('street', ['post'])).toEqual({ bureau: 'assist', power: 'assist' });
    expect(suggest('district', ['bureau'])).toEqual({ power: 'lead' });
  });
});
