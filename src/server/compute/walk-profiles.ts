import type { WalkProfile } from '#engine/network/profile.ts';
import { readProfile } from '#engine/network/read-profile.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

/** Who walks, with how. */
export interface ProfileWord extends DictionaryWord {
  profile: WalkProfile;
}

let profiles: ReadonlyMap<string, ProfileWord> | undefined;

/** The rows of db/data/walk-profiles.csv by code, in the order of the file; read once. @throws RangeError naming a wrong column */
export function walkProfiles(): ReadonlyMap<string, ProfileWord> {
  profiles ??= readDictionary('walk-profiles.csv', (row) => ({ profile: readProfile(row) }));
  return profiles;
}
