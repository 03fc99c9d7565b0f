/** Drawn pictures of the idle tool room under the bridge in place of photos: its doors, and the room inside. */

/** An SVG of 640 × 480. */
export function drawToolRoom(what: 'outside' | 'inside'): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">${what === 'outside' ? outside() : inside()}</svg>`;
}

function outside(): string {
  const shutter = (x: number): string =>
    `<rect x="${x}" y="262" width="120" height="138" fill="#7c8a8f"/>` +
    Array.from(
      { length: 9 },
      (_, k) => `<path d="M${x} ${272 + k * 14} h120" stroke="#62717a" stroke-width="3"/>`,
    ).join('');
  return (
    '<rect width="640" height="480" fill="#d5e0e4"/><rect y="400" width="640" height="80" fill="#8d8f8c"/>' +
    // The bridge and its piers.
    '<rect y="70" width="640" height="70" fill="#a9aaa4"/><rect y="132" width="640" height="14" fill="#8b8c87"/>' +
    '<rect x="40" y="140" width="70" height="262" fill="#b9bab3"/><rect x="530" y="140" width="70" height="262" fill="#b9bab3"/>' +
    '<rect x="130" y="210" width="380" height="190" fill="#c3b49a"/><rect x="122" y="198" width="396" height="18" fill="#7b6a55"/>' +
    [150, 370].map(shutter).join('') +
    '<rect x="288" y="290" width="64" height="110" fill="#5a4636"/><rect x="296" y="232" width="48" height="34" fill="#e8eef0"/>' +
    // The exit of the metro beside it.
    '<rect x="566" y="310" width="74" height="90" fill="#dfe6e8"/><rect x="566" y="296" width="74" height="20" fill="#2b5aa0"/>' +
    '<path d="M0 400 q30 -46 60 0z" fill="#6f8f62"/>'
  );
}

function inside(): string {
  const shelf = (y: number): string =>
    `<rect x="40" y="${y}" width="200" height="10" fill="#6b5a48"/>` +
    [56, 104, 152, 196].map((x) => `<rect x="${x}" y="${y - 34}" width="30" height="34" fill="#8f8b7f"/>`).join('');
  return (
    '<rect width="640" height="480" fill="#ded8ca"/><path d="M0 480 L150 360 H490 L640 480z" fill="#b3aa97"/>' +
    '<rect x="150" y="120" width="340" height="240" fill="#e9e3d5"/>' +
    [220, 290, 360].map(shelf).join('') +
    '<rect x="290" y="180" width="110" height="70" fill="#cfe0e6"/><path d="M345 180 v70" stroke="#8a7a60" stroke-width="6"/>' +
    '<path d="M430 130 q18 60 -8 120 t10 110" stroke="#b7a98e" stroke-width="5" fill="none"/>' +
    '<path d="M320 40 v50 m-40 0 h80" stroke="#5a4636" stroke-width="6"/><rect x="430" y="330" width="120" height="60" fill="#a1772f"/>' +
    '<path d="M430 350 h120" stroke="#7d5b22" stroke-width="4"/>'
  );
}
