/** The fixed words of CAP 1.2 (OASIS, 2010) and of this module, in the order the standard lists them. */
export const capStatuses = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
export const capMessageTypes = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const;
export const capScopes = ['Public', 'Restricted', 'Private'] as const;
export const capCategories = [
  'Geo',
  'Met',
  'Safety',
  'Security',
  'Rescue',
  'Fire',
  'Health',
  'Env',
  'Transport',
  'Infra',
  'CBRNE',
  'Other',
] as const;
export const capResponses = [
  'Shelter',
  'Evacuate',
  'Prepare',
  'Execute',
  'Avoid',
  'Monitor',
  'Assess',
  'AllClear',
  'None',
] as const;
export const capUrgencies = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const;
export const capSeverities = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const;
export const capCertainties = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const;
export type CapStatus = (typeof capStatuses)[number];
export type CapMessageType = (typeof capMessageTypes)[number];
export type CapSeverity = (typeof capSeverities)[number];

/** From the gravest to the least: 红 橙 黄 蓝. */
export const colours = ['red', 'orange', 'yellow', 'blue'] as const;
export type Colour = (typeof colours)[number];

/**
 * What a message is now: coming (its time has not begun), active, expired, replaced by an update, cancelled, or a mere
 * message (a Cancel, Ack or Error, which warns of nothing itself).
 */
export const warningStates = ['coming', 'active', 'expired', 'replaced', 'cancelled', 'message'] as const;
export type WarningState = (typeof warningStates)[number];

export const warningOrigins = ['source', 'upload', 'issued'] as const;

/** What a warning may switch on; later modules listen for each. */
export const effectKinds = ['rounds', 'contact', 'hours', 'notice', 'plan'] as const;
export type EffectKind = (typeof effectKinds)[number];
