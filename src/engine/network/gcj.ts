import gcoordModule from 'gcoord';

// The package's types describe its ES module, Node loads its CommonJS one: there the functions are the export itself.
const gcoord = ((gcoordModule as unknown as { default?: unknown }).default ??
  gcoordModule) as (typeof gcoordModule)['default'];

/** WGS-84 degrees of a place told in GCJ-02 (as Chinese map services tell it); outside China both are the same. Good to a metre. */
export function fromGcj02(lon: number, lat: number): readonly [lon: number, lat: number] {
  const [x, y] = gcoord.transform([lon, lat], gcoord.GCJ02, gcoord.WGS84);
  return [x, y];
}
