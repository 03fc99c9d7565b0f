import type { SameWords } from '../area.ts';
import type { openPublicZh } from '../zh/opendata-public.ts';

export const openPublicEn: SameWords<typeof openPublicZh> = {
  title: 'What was fixed',
  lead: 'Of what people reported, this was put right this month.',
  month: 'Month',
  latest: 'The latest month',
  monthName: (year, month) => `${year}-${String(month).padStart(2, '0')}`,
  none: 'Nothing is published yet. The numbers of a month come out after its end, when nobody can ask to have it done again any more.',
  fixed: 'problems fixed',
  median: (days) => (days === 0 ? 'half of them on the same day' : `half of them within ${days} days`),
  reopened: (n) => `${n} of them had to be done again`,
  reopenedFew: (k) => `fewer than ${k} of them, or all but fewer than ${k}, had to be done again`,
  where: (names) => `Published by: ${names}`,
  join: ', ',
  byClass: 'What they were',
  rest: 'Others, not told apart',
  cases: (n) => n,
  days: (n) => `half within ${n} days`,
  byCommunity: 'Which communities',
  communityHint: 'At least so many in each community; some are told by street only.',
  elsewhere: (n) => `${n} more are told by street only.`,
  showMap: 'Show the map',
  mapLoading: 'Fetching the map…',
  mapFailed: 'The map could not be fetched. The list below says the same.',
  mapLabel: 'Problems fixed in each community; the list is below',
  how: 'How to read these numbers',
  howSteps: {
    once: (k) =>
      `Each problem that was fixed counts exactly once. Fewer than ${k} are never told alone but together with others, so that nobody can be recognised.`,
    never: 'No words, photos or house numbers are here, and nobody who worked on it.',
    later: (days) =>
      `The numbers of a month are published ${days} days after its end and not changed afterwards; a correction is a new version.`,
  },
  withheld: 'These kinds are never published and not counted here: ',
  get: 'Get the data',
  getLead: (licence) => `Free to use if you name the source (${licence}).`,
  getArea: (name, version) => `${name}, version ${version}`,
  files: {
    'fixed.csv': 'Table (CSV)',
    'communities.geojson': 'Map data (GeoJSON)',
    'dictionary.csv': 'What the columns mean',
    'readme.txt': 'How to read it, licence',
  },
  report: 'Something not fixed yet? Tell us',
};
