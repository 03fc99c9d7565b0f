import { describe, expect, it } from 'vitest';
import { alarmKey } from './keys.ts';

const calm = { modified: false, typing: false, eventOpen: false, inStrip: false, onControl: false };

describe('the keys of the strip', () => {
  it.each([
    ['a', 'acknowledge'],
    ['f', 'false'],
    ['e', 'raise'],
    ['Enter', 'open'],
  ])('%s is %s, when nothing else on the page takes it', (key, act) => {
    expect(alarmKey({ ...calm, key })).toEqual({ act, late: true });
  });

  it('capital letters mean the alarm even while an event is open; small ones then are the event’s', () => {
    expect(alarmKey({ ...calm, eventOpen: true, key: 'A' })).toEqual({ act: 'acknowledge', late: false });
    expect(alarmKey({ ...calm, eventOpen: true, key: 'e' })).toBeNull();
    expect(alarmKey({ ...calm, eventOpen: true, inStrip: true, key: 'e' })).toEqual({ act: 'raise', late: false });
  });

  it('letters typed into a field or with a modifier are no answers', () => {
    expect(alarmKey({ ...calm, typing: true, key: 'A' })).toBeNull();
    expect(alarmKey({ ...calm, modified: true, key: 'a' })).toBeNull();
    expect(alarmKey({ ...calm, key: 'x' })).toBeNull();
  });

  it('Enter on a button stays the button’s', () => {
    expect(alarmKey({ ...calm, onControl: true, key: 'Enter' })).toBeNull();
  });
});
