/** Families of the ledger whose every action has a word of its own on the audit page; those of events have their verbs. */
const families = [
  'alarm|device|threshold|alert_source|plan|operation|task_link|incident|incident_rule|warning|warning_source|notice|webhook|wecom',
  'care|visit|inspection|group|force|household|risk_point|duty|leave|burden',
  'station|partner|pledge|shift|volunteer|certificate|supply|loan|service_catalogue|booking|activity|service',
  'facility|population|idle_resource|need|survey|walk_network|circle_run|facility_problem|market_demand|scenario|decision|project',
  'indicator|department_rating|screen|text_model|suggestion|hot_issue|pattern|anomaly|brief|feed|assistant',
].join('|');
const word = `'((?:${families})\\.[a-z_]+)'`;
/** Where an action stands: as `action`, in either branch of a choice, or given to what writes the line. */
const places = [
  new RegExp(`\\baction(?:: [^'\\n]*| = [^'\\n]*\\? )${word}(?: as const)?(?: : ${word})?`, 'g'),
  new RegExp(`\\b(?:record|recordRisk|tell|save|change)\\([^'();]*${word}`, 'g'),
];

/** Actions that a source file writes to the ledger. */
export function ledgerActionsIn(text: string): string[] {
  const found = places.flatMap((place) => [...text.matchAll(place)]).flatMap((match) => match.slice(1));
  return [...new Set(found.filter((one) => one !== undefined))];
}

/** Actions without a word, as `<action> (<language>)`. */
export function actionsWithoutWord(
  actions: readonly string[],
  languages: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string[] {
  return Object.entries(languages).flatMap(([language, words]) =>
    actions
      .filter((action) => words[action.replace('.', '_')] === undefined)
      .map((action) => `${action} (${language})`),
  );
}
