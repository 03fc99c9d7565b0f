import { sankey, sankeyJustify, sankeyLinkHorizontal } from 'd3-sankey';
import { useRef } from 'react';
import { useText } from '#web/i18n/area.ts';
import { charts } from '#web/i18n/charts.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { withoutCycles, type Stream } from './acyclic.ts';
import { ChartFrame, type FrameProps, type Twin } from './ChartFrame.tsx';
import { ChartLink } from './ChartLink.tsx';
import type { Tone } from './tones.ts';
import { useBox, type Box } from './use-box.ts';

export interface FlowNode {
  key: string;
  name: string;
  href?: string | undefined;
  /** Where things stick may be shown in amber or red; leaf when not given. */
  tone?: Tone;
}

export interface FlowLink extends Stream {
  href?: string | undefined;
  tone?: Tone;
}

export interface SankeyProps extends FrameProps {
  nodes: readonly FlowNode[];
  /** Keys of `from` and `to` are among the nodes. Streams that lead back are told in the table, not drawn. */
  links: readonly FlowLink[];
  format?: (value: number) => string;
}

/** Where cases come from and go to: the wider a ribbon, the more cases; ribbons and places open theirs. */
export function Sankey({ nodes, links, format = formatNumber, ...frame }: SankeyProps) {
  const t = useText(charts);
  const ref = useRef<SVGSVGElement>(null);
  const box = useBox(ref);
  const names = new Map(nodes.map(({ key, name }) => [key, name]));
  const { drawn, back } = withoutCycles(links.filter(({ from, to }) => names.has(from) && names.has(to)));
  const nameOf = (key: string): string => names.get(key) ?? key;
  const twin: Twin = {
    heads: [t.from, t.to, t.cases],
    rows: [...drawn, ...back].map(({ from, to, value, href }) => ({
      key: `${from}>${to}`,
      href,
      cells: [nameOf(from), nameOf(to), format(value)],
    })),
  };
  return (
    <ChartFrame {...frame} empty={drawn.length === 0} twin={twin}>
      <svg
        ref={ref}
        className="chart-plot chart-flow"
        viewBox={`0 0 ${box.width} ${box.height}`}
        role="group"
        aria-label={frame.title}
      >
        <Flow nodes={nodes} drawn={drawn} box={box} format={format} />
      </svg>
      {back.length > 0 && <p className="chart-means">{t.back(formatNumber(back.length))}</p>}
    </ChartFrame>
  );
}

interface FlowProps {
  nodes: readonly FlowNode[];
  drawn: readonly FlowLink[];
  box: Box;
  format: (value: number) => string;
}

function Flow({ nodes, drawn, box, format }: FlowProps) {
  if (drawn.length === 0) return null;
  const used = new Set(drawn.flatMap(({ from, to }) => [from, to]));
  const laid = sankey<FlowNode, FlowLink>()
    .nodeId(({ key }) => key)
    .nodeAlign(sankeyJustify)
    .nodeWidth(box.em * 0.8)
    .nodePadding(Math.min(box.em * 1.3, (box.height * 0.5) / Math.max(1, used.size)))
    .extent([
      [1, box.em * 0.5],
      [box.width - 1, box.height - box.em * 0.5],
    ])({
    nodes: nodes.filter(({ key }) => used.has(key)).map((node) => ({ ...node })),
    links: drawn.map((link) => ({ ...link, source: link.from, target: link.to })),
  });
  const ribbon = sankeyLinkHorizontal<FlowNode, FlowLink>();
  const names = new Map(nodes.map(({ key, name }) => [key, name]));
  return (
    <>
      {laid.links.map((link) => {
        const words = `${names.get(link.from) ?? ''} → ${names.get(link.to) ?? ''}: ${format(link.value)}`;
        return (
          <ChartLink key={`${link.from}>${link.to}`} href={link.href} aria-label={words}>
            <path
              className={`chart-ribbon chart-${link.tone ?? 'river'}`}
              d={ribbon(link) ?? ''}
              strokeWidth={Math.max(1.5, link.width ?? 0)}
            >
              <title>{words}</title>
            </path>
          </ChartLink>
        );
      })}
      {laid.nodes.map((node) => {
        const { x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = node;
        const words = `${node.name} ${format(node.value ?? 0)}`;
        const left = x1 > box.width * 0.75;
        return (
          <ChartLink key={node.key} href={node.href}>
            <g className={`chart-${node.tone ?? 'leaf'}`}>
              <rect className="chart-block" x={x0} y={y0} width={x1 - x0} height={Math.max(2, y1 - y0)} />
              <text
                x={left ? x0 - box.em * 0.4 : x1 + box.em * 0.4}
                y={(y0 + y1) / 2}
                dy="0.32em"
                textAnchor={left ? 'end' : 'start'}
              >
                {words}
              </text>
            </g>
          </ChartLink>
        );
      })}
    </>
  );
}
