/** Addresses down to a door in plain Chinese text; a house or a building alone is where a matter lies, not a person. */
import type { PersonalSpan } from './personal-data.ts';

const number = String.raw`(?:\d{1,4}|[A-Za-z]\d{0,3}|[一二三四五六七八九十]{1,3})`;
const building = String.raw`${number}\s?(?:栋|幢|座|号楼|#楼?)\s?`;
const entrance = String.raw`${number}\s?(?:单元|门栋|梯)\s?`;
const floor = String.raw`${number}\s?(?:楼|层)\s?`;
const room = String.raw`\d{1,4}(?:[-–—]\d{1,4}){0,2}\s?(?:室|号房间?|房间?|户|号)`;
const bareRoom = String.raw`(?:\d{3,4}|\d{1,2}[-–—]\d{1,4}(?:[-–—]\d{1,4})?)(?![\d栋幢座楼层元米平年月人余户多个块天次路线万%.])`;
const patterns = [
  String.raw`${building}(?:${entrance})?(?:${floor})?(?:${room}|${bareRoom})`,
  String.raw`(?:${building})?${entrance}(?:${floor}(?:${room}|${bareRoom}|[左右东西]\S{0,2}户)?|${room}|${bareRoom})`,
  String.raw`\d{1,4}号(?:附\d{1,3}号)?\s?(?:${building})?(?:${entrance})?(?:${floor})?(?:\d{1,2}[-–—]\d{1,2}(?:[-–—]\d{1,2})?|\d{3,4}\s?室)(?!\d)`,
  String.raw`(?<=[园苑城庭府湾郡区村里院寓厦])\d{1,2}[-–—]\d{1,2}[-–—]\d{3,4}(?!\d)`,
  String.raw`(?<=[组社队])\s?\d{1,4}\s?号(?![楼线路栋])`,
  String.raw`(?<!\d)\d{3,4}\s?(?:室|号房)`,
].map((pattern) => new RegExp(pattern, 'g'));

/** Places of doors: building and room, entrance and floor, number of a farmstead. Some may overlap. */
export function doorSpans(plain: string): PersonalSpan[] {
  return patterns.flatMap((pattern) =>
    [...plain.matchAll(pattern)].map((match) => ({
      kind: 'door' as const,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}
