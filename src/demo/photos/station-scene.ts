/** Drawn pictures of stations in place of photos: the door under its red umbrella, and the room. */

const doors = ['#c9b08a', '#b7bfa4', '#b9a79c', '#a9b4bd'] as const;

/** An SVG of 640 × 480. `n` makes the houses differ. */
export function drawStation(what: 'door' | 'room', n: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">${what === 'door' ? door(n) : room()}</svg>`;
}

function door(n: number): string {
  const wall = doors[n % doors.length] ?? doors[0];
  const bench = n % 2 === 0 ? 90 : 430;
  return (
    '<rect width="640" height="480" fill="#cfdde3"/><path d="M0 250 Q160 150 330 220 T640 170 V480 H0z" fill="#93a889"/>' +
    `<rect x="150" y="170" width="340" height="230" fill="${wall}"/><rect x="0" y="400" width="640" height="80" fill="#8d8f8c"/>` +
    '<rect x="280" y="270" width="80" height="130" fill="#5a4636"/><rect x="180" y="240" width="76" height="80" fill="#e8eef0"/><rect x="384" y="240" width="76" height="80" fill="#e8eef0"/>' +
    '<path d="M110 190 Q320 10 530 190 Q478 160 425 190 Q372 160 320 190 Q268 160 215 190 Q162 160 110 190z" fill="#b3261e"/><path d="M320 60 V190" stroke="#7d1a14" stroke-width="6"/>' +
    `<rect x="${bench}" y="372" width="120" height="12" fill="#7a5a3a"/><path d="M${bench + 14} 384 v22 M${bench + 106} 384 v22" stroke="#7a5a3a" stroke-width="8"/>` +
    '<rect x="300" y="222" width="40" height="24" rx="4" fill="#1f6b4f"/>'
  );
}

function room(): string {
  const seat = (x: number): string =>
    `<rect x="${x}" y="330" width="70" height="14" fill="#b3261e"/><rect x="${x}" y="270" width="70" height="50" rx="8" fill="#c9473d"/><path d="M${x + 10} 344 v50 M${x + 60} 344 v50" stroke="#6b5a48" stroke-width="7"/>`;
  return (
    '<rect width="640" height="480" fill="#efe9dc"/><rect y="390" width="640" height="90" fill="#c8b595"/>' +
    [60, 150, 240].map(seat).join('') +
    '<rect x="380" y="220" width="90" height="180" rx="8" fill="#dfe6e8"/><path d="M380 290 h90" stroke="#9fb0b8" stroke-width="4"/>' +
    '<rect x="500" y="300" width="100" height="100" fill="#8a6f4e"/><rect x="512" y="250" width="76" height="50" rx="6" fill="#3c464c"/><rect x="520" y="258" width="44" height="34" fill="#738a94"/>' +
    '<circle cx="150" cy="130" r="44" fill="#fff" stroke="#5a4636" stroke-width="6"/><path d="M150 130 V100 M150 130 l22 12" stroke="#5a4636" stroke-width="6"/>'
  );
}
