import { perDegree, unknownHeight, type Network } from './network.ts';
import { eachPiece } from './profile.ts';

/** Ways walked as flat because nobody knows their height. */
export interface FlatTile {
  /** The tile of SRTM that would know, such as N29E106. */
  tile: string;
  /** Metres of ways. */
  lengthM: number;
}

/** Where heights are missing, by the tile that would tell them; longest first. O(shape points). */
export function unknownHeights(network: Network): FlatTile[] {
  const metresOf = new Map<string, number>();
  for (let e = 0; e < network.edgeFrom.length; e++) {
    let p = network.shapeFirst[e] as number;
    eachPiece(network, e, (metres) => {
      if (network.shapeHeightDm[p] === unknownHeight || network.shapeHeightDm[p + 1] === unknownHeight) {
        const tile = tileOf((network.shapeLon[p] as number) / perDegree, (network.shapeLat[p] as number) / perDegree);
        metresOf.set(tile, (metresOf.get(tile) ?? 0) + metres);
      }
      p += 1;
    });
  }
  return [...metresOf]
    .map(([tile, metres]) => ({ tile, lengthM: Math.round(metres) }))
    .sort((a, b) => b.lengthM - a.lengthM || (a.tile < b.tile ? -1 : 1));
}

/** The name of a tile: its south-west corner in whole degrees. */
function tileOf(lon: number, lat: number): string {
  const [west, south] = [Math.floor(lon), Math.floor(lat)];
  const word = (value: number, digits: number): string => String(Math.abs(value)).padStart(digits, '0');
  return `${south < 0 ? 'S' : 'N'}${word(south, 2)}${west < 0 ? 'W' : 'E'}${word(west, 3)}`;
}
