// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { withoutCycles } from './acyclic.ts';
import { BarChart } from './BarChart.tsx';
import { ChartLinkContext } from './ChartLink.tsx';
import { ColumnChart } from './ColumnChart.tsx';
import { IntervalBand } from './IntervalBand.tsx';
import { LineChart } from './LineChart.tsx';
import { Sankey } from './Sankey.tsx';
import { everyNth, scaleOf } from './scale.ts';
import { Sparkline } from './Sparkline.tsx';

afterEach(cleanup);

const days = ['1', '2', '3'].map((day) => ({ key: day, name: `Day ${day}`, href: `/desk/cases?from=${day}` }));
const rowsOf = (table: HTMLElement): string[][] =>
  within(table)
    .getAllByRole('row', { hidden: true })
    .map((row) => [...row.children].map((cell) => cell.textContent ?? ''));

describe('a line of days', () => {
  const series = [{ key: 'in', name: 'Reported', values: [4, null, 1200] }];

  it('tells the same numbers in its table, a gap as a dash and not as zero', () => {
    render(<LineChart title="Cases" points={days} series={series} />);
    const [, ...body] = rowsOf(screen.getByRole('table', { hidden: true }));
    expect(body).toEqual([
      ['Day 1', '4'],
      ['Day 2', '–'],
      ['Day 3', '1,200'],
    ]);
  });

  it('breaks where nothing is known, and shows a point that stands alone', () => {
    const { container } = render(<LineChart title="Cases" points={days} series={series} />);
    expect(container.querySelector('.chart-line')?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
    expect(container.querySelectorAll('.chart-dot')).toHaveLength(2);
  });

  it('opens the cases of a day, by the way its face gives', () => {
    const follow = vi.fn((_: string, event: { preventDefault: () => void }) => event.preventDefault());
    render(
      <ChartLinkContext value={follow}>
        <LineChart title="Cases" points={days} series={series} marks={[{ at: '3', name: 'unusual' }]} />
      </ChartLinkContext>,
    );
    const day = screen.getByRole('link', { name: /Day 3.*1,200 \(unusual\)/ });
    expect(day.getAttribute('href')).toBe('/desk/cases?from=3');
    fireEvent.click(day);
    expect(follow).toHaveBeenCalledWith('/desk/cases?from=3', expect.anything());
  });

  it('says that there is nothing where there is nothing', () => {
    const { container } = render(
      <LineChart title="Cases" points={days} series={[{ key: 'in', name: 'Reported', values: [null, null, null] }]} />,
    );
    expect(container.querySelector('svg')).toBeNull();
    expect(container.querySelector('.chart-none')).not.toBeNull();
  });
});

describe('columns', () => {
  it('stand on one another: the second part begins where the first ends', () => {
    const { container } = render(
      <ColumnChart
        title="Status"
        points={days}
        series={[
          { key: 'a', name: 'Open', values: [2, 0, 1] },
          { key: 'b', name: 'Closed', values: [3, 0, 1] },
        ]}
      />,
    );
    const [low, high] = [...container.querySelectorAll('a .chart-block')].map((block) => ({
      y: Number(block.getAttribute('y')),
      height: Number(block.getAttribute('height')),
    }));
    expect(high!.y + high!.height).toBeCloseTo(low!.y, 6);
    expect(high!.height / low!.height).toBeCloseTo(1.5, 6);
  });
});

describe('bars with names', () => {
  it('open what is counted, and do not tell what must not be told', () => {
    render(
      <BarChart
        title="By unit"
        first="Unit"
        second="Cases"
        rows={[
          { key: 'a', name: 'Water', value: 12, href: '/desk/cases?unit=a' },
          { key: 'b', name: 'Gas', value: null },
        ]}
      />,
    );
    expect(screen.getByRole('link', { name: /Water.*12/ }).getAttribute('href')).toBe('/desk/cases?unit=a');
    const gas = screen.getByRole('row', { name: /Gas/ });
    expect(within(gas).queryByText('0')).toBeNull();
  });
});

describe('what is expected', () => {
  it('stands with its interval after what was', () => {
    render(
      <IntervalBand
        title="Next week"
        past={[{ key: '1', name: 'Mon', value: 10 }]}
        next={[{ key: '2', name: 'Tue', middle: 12, low: 8, high: 17 }]}
      />,
    );
    const [, mon, tue] = rowsOf(screen.getByRole('table', { hidden: true }));
    expect(mon).toEqual(['Mon', '10', '–', '–']);
    expect(tue).toEqual(['Tue', '–', '12', '8 – 17']);
  });
});

describe('a flow', () => {
  const nodes = ['in', 'water', 'roads'].map((key) => ({ key, name: key }));
  const links = [
    { from: 'in', to: 'water', value: 9, href: '/desk/cases?unit=water' },
    { from: 'water', to: 'roads', value: 4 },
    { from: 'roads', to: 'water', value: 1 },
  ];

  it('draws what goes onward and tells all of it in the table, what leads back too', () => {
    const { container } = render(<Sankey title="Flow" nodes={nodes} links={links} />);
    expect(container.querySelectorAll('.chart-ribbon')).toHaveLength(2);
    expect(rowsOf(screen.getByRole('table', { hidden: true })).slice(1)).toContainEqual(['roads', 'water', '1']);
    expect(screen.getByRole('link', { name: /in → water: 9/ }).getAttribute('href')).toBe('/desk/cases?unit=water');
  });

  it('never draws a circle, and loses no stream', () => {
    const place = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const streams = fc.array(fc.record({ from: place, to: place, value: fc.integer({ min: 1, max: 9 }) }), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(streams, (all) => {
        const { drawn, back } = withoutCycles(all);
        expect(drawn.length + back.length).toBe(all.length);
        const left = new Set(drawn);
        // A graph without circles can be taken apart by always removing streams into places that nothing leaves.
        for (let more = true; more;) {
          const ends = [...left].filter(({ to }) => ![...left].some(({ from }) => from === to));
          for (const end of ends) left.delete(end);
          more = ends.length > 0;
        }
        expect(left.size).toBe(0);
      }),
    );
  });
});

describe('a small line beside a number', () => {
  it('is one picture with a name', () => {
    render(<Sparkline values={[1, 2, null, 3]} name="14 days: 1 to 3" />);
    expect(screen.getByRole('img', { name: '14 days: 1 to 3' })).toBeTruthy();
  });
});

describe('scales', () => {
  it('hold every value between their ends, and zero', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const { at } = scaleOf(values, 0, 100, 5);
        for (const value of [...values, 0]) {
          expect(at(value)).toBeGreaterThanOrEqual(-1e-6);
          expect(at(value)).toBeLessThanOrEqual(100 + 1e-6);
        }
      }),
    );
  });

  it('write as many names as fit', () => {
    expect(everyNth(30, 4, 40)).toBe(4);
    expect(everyNth(5, 4, 40)).toBe(1);
    expect(everyNth(0, 4, 40)).toBe(1);
  });
});
