export { createTerritory, type LiveTerritory } from './live-territory.ts';
export type { Area, Territory, Unit } from './territory.ts';
export { createGrids, runAsSystem, type Grids } from './grids.ts';
export type { GridsCtx, GridsParts } from './handlers.ts';
export type { Document } from './documents.ts';
export { districtOf, type Work } from './area-commands.ts';
export { importAreas } from './import/import-areas.ts';
export { importOutlines } from './import/import-outlines.ts';
export { importUnits } from './import/import-units.ts';
export { importBasemap, importPlaces } from './import/import-layers.ts';
export { convert, coordinateSystems, type CoordinateSystem } from './import/outline-features.ts';
export { matchHeaders, readCsv, type CsvFile, type CsvRow, type FieldTable } from './import/csv-rows.ts';
export { decodeFile } from './import/file-text.ts';
export { readPointFeatures } from './import/point-features.ts';
export {
  describeWrong,
  firstWrong,
  refuseWrong,
  wrongRow,
  type ImportAnswer,
  type WrongRow,
} from './import/wrong-rows.ts';
export type { Place } from './store-layers.ts';
export { countRiskPoints } from './risk-count.ts';
export { followAreas, type Placed } from './follow-areas.ts';
export { pointWithin } from './point-within.ts';
export { windowAround, type Circle, type NearRisk } from './risk-queries.ts';
export type {
  AreaFeature,
  AreaWish,
  GridsFeatures,
  MapWindow,
  RiskFeature,
  RiskSign,
  RiskWish as RiskFeatureWish,
} from './features.ts';
export { findRiskPoint, noteLook, reckonLooks, type CycleRule, type RiskPoint } from './risk-looks.ts';
export { riskKinds } from './risk-kinds.ts';
