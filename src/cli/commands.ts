import { analyticsRebuildCommand } from './analytics.ts';
import type { Command } from './command.ts';
import { importAreasCommand } from './import-areas.ts';
import { importBasemapCommand, importPlacesCommand } from './import-layers.ts';
import { importOutlinesCommand } from './import-outlines.ts';
import { importUnitsCommand } from './import-units.ts';
import { ledgerCommands } from './ledger.ts';
import { networkCommand } from './lifecircle/network-command.ts';
import { runCommand } from './lifecircle/run-command.ts';
import { siteCommand } from './lifecircle/site-command.ts';
import { mqttAclCommand } from './mqtt-acl.ts';
import { vaultRotateCommand } from './vault.ts';

/** Everything `huangge` can do, in the order of its help. */
export const commands: readonly Command[] = [
  importAreasCommand,
  importOutlinesCommand,
  importUnitsCommand,
  importPlacesCommand,
  importBasemapCommand,
  ...ledgerCommands,
  networkCommand,
  runCommand,
  siteCommand,
  analyticsRebuildCommand,
  mqttAclCommand,
  vaultRotateCommand,
];
