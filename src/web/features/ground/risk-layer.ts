import { labelFont } from '#web/map/base-style.ts';
import type { LegendEntry, MapLayer } from '#web/map/layers.ts';
import type { RiskMark } from './queries.ts';
import { levelShapeOf } from './risk-words.ts';

type Theme = 'light' | 'dark';

/** The map cannot read the style sheet's variables; these are the same colours, level 1 first. */
const colours = {
  light: { levels: ['#a8321f', '#b0480f', '#875300', '#3b5b6e'], rim: '#fffdf9', ink: '#1f2a26' },
  dark: { levels: ['#f39a86', '#f2a878', '#ecba66', '#a3c2d3'], rim: '#121916', ink: '#e9ece6' },
} as const;
const pixels = 52;

/** The images the styles below name; undefined for others. */
function drawRiskSign(name: string): ImageData | undefined {
  return drawGroup(name) ?? drawPoint(name);
}

/** Draws `risk-group-late-dark` and its like: an empty square with a thick rim when one of the group is overdue. */
function drawGroup(name: string): ImageData | undefined {
  const found = /^risk-group-(late|intime)-(light|dark)$/.exec(name);
  const canvas = document.createElement('canvas');
  canvas.width = pixels;
  canvas.height = pixels;
  const pen = canvas.getContext('2d');
  if (found === null || pen === null) return undefined;
  const c = colours[found[2] as Theme];
  const isLate = found[1] === 'late';
  pen.lineWidth = isLate ? 6 : 3;
  pen.strokeStyle = isLate ? c.levels[0] : c.ink;
  pen.fillStyle = c.rim;
  pen.beginPath();
  pen.roundRect(4, 4, pixels - 8, pixels - 8, 8);
  pen.fill();
  pen.stroke();
  return pen.getImageData(0, 0, pixels, pixels);
}

/** Draws `risk-2-late-dark` and its like: the shape of the level with its figure, ringed when overdue. */
function drawPoint(name: string): ImageData | undefined {
  const found = /^risk-([1-4])-(late|intime)-(light|dark)$/.exec(name);
  if (found === null) return undefined;
  const [, figure, late, theme] = found as unknown as [string, string, string, Theme];
  const c = colours[theme];
  const canvas = document.createElement('canvas');
  canvas.width = pixels;
  canvas.height = pixels;
  const pen = canvas.getContext('2d');
  if (pen === null) return undefined;
  if (late === 'late') {
    pen.strokeStyle = c.levels[0];
    pen.lineWidth = 4;
    pen.setLineDash([6, 3]);
    pen.beginPath();
    pen.arc(pixels / 2, pixels / 2, pixels / 2 - 3, 0, Math.PI * 2);
    pen.stroke();
    pen.setLineDash([]);
  }
  pen.translate(pixels / 2 - 16, pixels / 2 - 16);
  pen.scale(2, 2);
  const shape = new Path2D(levelShapeOf(Number(figure)).path);
  pen.lineJoin = 'round';
  pen.strokeStyle = c.rim;
  pen.lineWidth = 2;
  pen.stroke(shape);
  pen.fillStyle = c.levels[Number(figure) - 1] ?? c.ink;
  pen.fill(shape);
  pen.fillStyle = c.rim;
  pen.font = '700 9px sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(figure, 8, figure === '2' ? 9.8 : 8.4);
  return pen.getImageData(0, 0, pixels, pixels);
}

export interface RiskLayerWish {
  rows: readonly RiskMark[];
  chosen: string | undefined;
  nowMs: number;
  theme: Theme;
  legend: readonly LegendEntry[];
  onSelect: (id: string) => void;
  /** A group was pointed at: the ids of its points. */
  onCluster: (ids: string[]) => void;
}

const idOf = ({ id }: Record<string, unknown>): string => (typeof id === 'string' ? id : '');

/** Each point bears its level as shape and figure; near ones are grouped and counted, and a group opens as a list. */
export function riskLayer({ rows, chosen, nowMs, theme, legend, onSelect, onCluster }: RiskLayerWish): MapLayer {
  const c = colours[theme];
  const isGroup = ['has', 'point_count'] as const;
  return {
    id: 'risks',
    cluster: true,
    drawSign: drawRiskSign,
    legend,
    onSelect: (properties) => onSelect(idOf(properties)),
    onCluster: (members) => onCluster(members.map(idOf)),
    styles: [
      {
        type: 'symbol',
        filter: [...isGroup],
        layout: {
          'text-size': 12,
          'text-font': labelFont,
          'text-allow-overlap': true,
          'text-field': ['get', 'point_count_abbreviated'],
          // A square with its number: groups of events, on the same map, are round.
          'icon-image': ['case', ['>', ['get', 'late'], 0], `risk-group-late-${theme}`, `risk-group-intime-${theme}`],
          'icon-size': ['step', ['get', 'point_count'], 0.5, 10, 0.6, 100, 0.75],
          'icon-allow-overlap': true,
        },
        paint: { 'text-color': c.ink },
      },
      {
        type: 'circle',
        filter: ['all', ['!', [...isGroup]], ['get', 'chosen']],
        paint: { 'circle-radius': 18, 'circle-opacity': 0, 'circle-stroke-color': c.ink, 'circle-stroke-width': 3 },
      },
      {
        type: 'symbol',
        filter: ['!', [...isGroup]],
        layout: { 'icon-image': ['get', 'sign'], 'icon-size': 0.5, 'icon-allow-overlap': true },
      },
    ],
    clusterSums: { late: ['case', ['get', 'late'], 1, 0] },
    data: {
      type: 'FeatureCollection',
      features: rows.map(({ id, level, lon, lat, lookDueAt }) => {
        const late = lookDueAt !== null && Date.parse(lookDueAt) < nowMs;
        return {
          type: 'Feature',
          properties: { id, late, sign: `risk-${level}-${late ? 'late' : 'intime'}-${theme}`, chosen: id === chosen },
          geometry: { type: 'Point', coordinates: [lon, lat] },
        };
      }),
    },
  };
}

const legendShapes = ['diamond', 'triangle', 'square', 'point'] as const;

/** What the shapes mean, gravest first. */
export function riskLegend(words: readonly string[], theme: Theme): LegendEntry[] {
  return words.map((text, k) => ({
    words: text,
    colour: colours[theme].levels[k] ?? colours[theme].ink,
    shape: legendShapes[k] ?? 'point',
  }));
}
