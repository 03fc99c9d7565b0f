/** '61.2%'; a dash where nobody lives. */
export function shareOf(members: number, residents: number): string {
  return residents === 0 ? '–' : `${((members * 100) / residents).toFixed(1)}%`;
}
