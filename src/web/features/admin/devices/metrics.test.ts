import { expect, it } from 'vitest';
import { readMetrics, writeMetrics } from './metrics.ts';

it('metrics are written and read line by line, with and without a unit', () => {
  const metrics = [
    { name: 'smoke_ppm', unit: 'ppm' },
    { name: 'flow', unit: 'l=min' },
    { name: 'door', unit: '' },
  ];
  expect(writeMetrics(metrics)).toBe('smoke_ppm=ppm\nflow=l=min\ndoor');
  expect(readMetrics(` ${writeMetrics(metrics)} \n\n`)).toEqual(metrics);
  expect(readMetrics('')).toEqual([]);
});
