/** The name of a family of classes; its code where the dictionary has a new one. */
export function familyWord(words: Readonly<Record<string, string>>, family: string): string {
  return words[family] ?? family;
}
