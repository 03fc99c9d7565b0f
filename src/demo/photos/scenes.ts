/** Drawn scenes in place of photos: what is wrong, and the same place afterwards. Nobody's picture is used. */

interface Look {
  sky: string;
  ground: string;
  /** What is wrong, drawn over the street. */
  trouble: string;
}

const bag = (x: number, y: number, size: number, colour: string) =>
  `<ellipse cx="${x}" cy="${y}" rx="${size}" ry="${size * 0.8}" fill="${colour}"/><path d="M${x - 8} ${y - size * 0.7} l8 -14 l8 14z" fill="${colour}"/>`;
const car = (x: number, colour: string) =>
  `<path d="M${x} 385 h150 v-28 l-30 -6 l-22 -26 h-60 l-24 28 h-14z" fill="${colour}"/><circle cx="${x + 34}" cy="386" r="15" fill="#222"/><circle cx="${x + 118}" cy="386" r="15" fill="#222"/>`;

const looks: Readonly<Record<string, Look>> = {
  rubbish: {
    sky: '#c9d6dc',
    ground: '#8d8f8c',
    trouble:
      bag(250, 380, 38, '#2c3338') +
      bag(310, 388, 30, '#3b5160') +
      bag(365, 384, 34, '#20262b') +
      bag(300, 350, 28, '#43565f'),
  },
  manhole: {
    sky: '#c7d3d8',
    ground: '#7b7d7c',
    trouble:
      '<ellipse cx="320" cy="410" rx="66" ry="24" fill="#4a4a48"/><path d="M286 402 l40 -10 l44 22 l-30 14z" fill="#1b1b1b"/>',
  },
  drain: {
    sky: '#9fb0b8',
    ground: '#6d7173',
    trouble:
      '<ellipse cx="320" cy="415" rx="230" ry="42" fill="#56707e" opacity=".85"/><path d="M160 410 q40 -8 80 0 t80 0 t80 0 t80 0" stroke="#9fb9c4" stroke-width="4" fill="none"/>',
  },
  pothole: {
    sky: '#c3ced3',
    ground: '#77797a',
    trouble: '<path d="M240 405 l50 -18 l70 6 l48 20 l-40 22 l-84 4z" fill="#3a3633"/>',
  },
  lamp: {
    sky: '#1d2733',
    ground: '#2e3236',
    trouble:
      '<path d="M320 400 V170 q0 -26 36 -26" stroke="#8c939a" stroke-width="10" fill="none"/><ellipse cx="368" cy="146" rx="22" ry="9" fill="#51585f"/>',
  },
  parking: { sky: '#ccd6da', ground: '#85878a', trouble: car(170, '#8c2f2a') + car(340, '#3f566b') },
  tree: {
    sky: '#bccfd6',
    ground: '#8a8a82',
    trouble:
      '<path d="M300 400 L350 230" stroke="#5b4632" stroke-width="28"/><circle cx="375" cy="190" r="74" fill="#4d6b3c"/><circle cx="330" cy="215" r="48" fill="#5d7d47"/><path d="M318 250 l-70 46" stroke="#5b4632" stroke-width="12"/>',
  },
  vendor: {
    sky: '#c8cfd0',
    ground: '#8b8984',
    trouble:
      '<path d="M210 300 h220 l26 36 h-272z" fill="#b5482a"/><rect x="225" y="336" width="190" height="60" fill="#a88a5c"/><circle cx="260" cy="330" r="12" fill="#d98b2b"/><circle cx="300" cy="330" r="12" fill="#7a9a3a"/><circle cx="345" cy="330" r="12" fill="#c43b2e"/>',
  },
  cable: {
    sky: '#c2d0d6',
    ground: '#8a8c8a',
    trouble: '<path d="M40 130 Q320 380 610 140 M40 150 Q300 250 610 170" stroke="#222" stroke-width="5" fill="none"/>',
  },
  stacking: {
    sky: '#cfd3d1',
    ground: '#918f8b',
    trouble:
      '<rect x="230" y="330" width="70" height="60" fill="#b08d57"/><rect x="304" y="320" width="84" height="70" fill="#9c7a48"/><rect x="262" y="276" width="76" height="52" fill="#bd9b66"/>',
  },
  property: {
    sky: '#d2d4d2',
    ground: '#9a9892',
    trouble:
      '<rect x="250" y="220" width="140" height="180" fill="#6c747b"/><path d="M320 220 v180" stroke="#40464b" stroke-width="4"/><rect x="285" y="285" width="70" height="36" fill="#f2e9c8"/><path d="M300 303 h40" stroke="#b5482a" stroke-width="6"/>',
  },
};
const plain: Look = {
  sky: '#c6d2d7',
  ground: '#87898a',
  trouble:
    '<path d="M250 396 l60 -46 l80 10 l30 38z" fill="#6f5d49"/><circle cx="300" cy="392" r="14" fill="#51483f"/>',
};

/** Keys that have a scene of their own; all others share the plain one. */
export function sceneOf(topicKey: string): string {
  return topicKey in looks ? topicKey : 'plain';
}

const houses = [
  [20, 150, 130, 250, '#b9b2a6'],
  [160, 110, 110, 290, '#a7a39a'],
  [430, 130, 100, 270, '#b3aca0'],
  [540, 170, 90, 230, '#9d9a93'],
] as const;

/** An SVG of 640 × 480. */
export function drawScene(scene: string, kind: 'report' | 'before' | 'after'): string {
  const look = looks[scene] ?? plain;
  const walls = houses
    .map(
      ([x, y, w, h, colour]) =>
        `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${colour}"/>${windows(x, y, w, h)}`,
    )
    .join('');
  const shown = kind === 'after' ? after(scene) : look.trouble;
  const shift = kind === 'before' ? ' transform="translate(-18 4) scale(1.03)"' : '';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="${look.sky}"/>` +
    `<g${shift}>${walls}<path d="M-20 396 h700 v110 h-700z" fill="${look.ground}"/><path d="M0 440 h640" stroke="#dad7cd" stroke-width="3" stroke-dasharray="30 22"/>${shown}</g></svg>`
  );
}

function windows(x: number, y: number, w: number, h: number): string {
  const rows = Array.from({ length: Math.floor(h / 44) }, (_, k) => y + 14 + k * 44);
  return rows
    .map((top) => `<rect x="${x + 14}" y="${top}" width="${w - 28}" height="18" fill="#6d7f8a" opacity=".7"/>`)
    .join('');
}

/** The street in order again; a lamp shines, a tree stands upright. */
function after(scene: string): string {
  if (scene === 'lamp')
    return `${looks['lamp']?.trouble ?? ''}<circle cx="368" cy="150" r="60" fill="#ffe9a8" opacity=".55"/>`;
  if (scene === 'tree')
    return '<path d="M320 400 V240" stroke="#5b4632" stroke-width="28"/><circle cx="320" cy="195" r="78" fill="#55763f"/>';
  if (scene === 'manhole')
    return '<ellipse cx="320" cy="410" rx="66" ry="24" fill="#4a4a48"/><ellipse cx="320" cy="408" rx="56" ry="19" fill="#686866"/>';
  return '<path d="M300 404 l40 0 l-20 -34z" fill="#d9822b" opacity=".9"/><path d="M309 390 h22" stroke="#fff" stroke-width="5"/>';
}
