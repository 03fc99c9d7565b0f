/**
 * A walking network in typed arrays: struct of arrays, ids are indices. Nodes are where one can choose; edges are drawn
 * between them with their shape, so that a place is joined to the nearest edge and slopes are known along the way.
 *
 *  node k      nodeLon[k] nodeLat[k]                       1e-7 degrees, WGS-84
 *  edge e      edgeFrom[e] → edgeTo[e]                     walked both ways unless its flags say otherwise
 *              edgeLengthCm[e]                             along its shape
 *              edgeFlags[e]                                bits of `edgeFlag`
 *              edgeLifts[e]                                how many of its ends are lifts (0 to 2)
 *  shape of e  points shapeFirst[e] … shapeFirst[e + 1]    the first lies at edgeFrom, the last at edgeTo
 *              shapeLon shapeLat                           1e-7 degrees
 *              shapeHeightDm                               decimetres above the field's zero; `unknownHeight` where none is known
 *
 * Same input, same bytes: nodes are numbered along a Hilbert curve, edges by their first node.
 */
export interface Network {
  nodeLon: Int32Array;
  nodeLat: Int32Array;
  edgeFrom: Uint32Array;
  edgeTo: Uint32Array;
  edgeLengthCm: Uint32Array;
  edgeFlags: Uint16Array;
  edgeLifts: Uint8Array;
  shapeFirst: Uint32Array;
  shapeLon: Int32Array;
  shapeLat: Int32Array;
  shapeHeightDm: Int16Array;
}

/** What an edge is, as bits of `edgeFlags`. */
export const edgeFlag = {
  steps: 1,
  escalator: 2,
  /** A lift drawn as a way. */
  lift: 4,
  /** Bridge, tunnel or corridor: the ground's height is not its own. */
  offGround: 8,
  noWheelchair: 16,
  noPram: 32,
  /** Sand, gravel, cobbles. */
  rough: 64,
  /** May be walked only from edgeFrom to edgeTo. */
  forwardOnly: 128,
  /** May be walked only from edgeTo to edgeFrom. */
  backwardOnly: 256,
  /** Known to be shut at times (gate with hours). */
  hours: 512,
} as const;

export const unknownHeight = -32_768;
/** Units of a degree in coordinates of a network. */
export const perDegree = 1e7;

/** Metres per 1e-7 degree of longitude and latitude at this latitude (degrees); good to 1e-6 within 10 km. Sphere of radius R1 as `distanceM`. */
export function metresPerUnit(lat: number): { x: number; y: number } {
  const perDegreeM = (Math.PI / 180) * 6_371_008.8;
  return { x: (perDegreeM * Math.cos((lat * Math.PI) / 180)) / perDegree, y: perDegreeM / perDegree };
}
