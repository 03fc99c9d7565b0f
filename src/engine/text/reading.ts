/** What a citizen wrote. `text` may be cut into words by spaces or not; both are read. */
export interface Message {
  title?: string | undefined;
  text: string;
}

/**
 * A message as its letters and digits in reading order, the title first. Arrays of one length; entry k is a character:
 * its code point (folded: half width, lower case), where it stands and in which word.
 */
export interface Reading {
  readonly size: number;
  readonly code: Uint32Array;
  /** 0 title, 1 text. */
  readonly field: Uint8Array;
  /** Offset in the field, in UTF-16 units, as strings are sliced. */
  readonly from: Uint32Array;
  readonly word: Uint32Array;
  /** First character of each word, and the size at the end. */
  readonly wordStart: readonly number[];
}

/** Characters of a message that are read; what follows decides nothing. */
export const readingLimit = 4_000;

interface Growing {
  size: number;
  code: Uint32Array;
  field: Uint8Array;
  from: Uint32Array;
  word: Uint32Array;
  wordStart: number[];
}

/** Reads a message; O(length), of very long ones the first `readingLimit` letters only. Lone surrogates are skipped. */
export function readMessage(message: Message): Reading {
  const title = message.title ?? '';
  const most = Math.min(title.length + message.text.length, readingLimit);
  const reading: Growing = {
    size: 0,
    code: new Uint32Array(most),
    field: new Uint8Array(most),
    from: new Uint32Array(most),
    word: new Uint32Array(most),
    wordStart: [],
  };
  readField(reading, title, 0);
  readField(reading, message.text, 1);
  reading.wordStart.push(reading.size);
  return reading;
}

function readField(reading: Growing, whole: string, field: 0 | 1): void {
  const text = whole.length > 4 * readingLimit ? whole.slice(0, 4 * readingLimit) : whole;
  if (isWordCut(text)) return readRun(reading, text, field, 0);
  for (const { segment, index } of segmenter.segment(text.slice(0, segmentedLimit)))
    readRun(reading, segment, field, index);
  readRun(reading, text.slice(segmentedLimit), field, segmentedLimit, pieceLetters);
}

/** Of a field not cut into words, so much is cut: it takes most of the time, and words behind it decide little. */
const segmentedLimit = 500;
/** Behind it a run is broken into pieces of so many letters, so that an explanation has something short to show. */
const pieceLetters = 8;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Adds the words of a piece: letters and digits between spaces, `longest` of them at most. */
function readRun(reading: Growing, piece: string, field: 0 | 1, offset: number, longest = Infinity): void {
  let open = false;
  for (let at = 0; at < piece.length && reading.size < reading.code.length; at += 1) {
    const code = piece.codePointAt(at) as number;
    if (isSpace(code)) open = false;
    else if (isLetter(code)) {
      if (!open || reading.size - (reading.wordStart.at(-1) ?? 0) >= longest) reading.wordStart.push(reading.size);
      open = true;
      put(reading, fold(code), field, offset + at);
    }
    if (code > 0xffff) at += 1;
  }
}

function put(reading: Growing, code: number, field: number, from: number): void {
  const { size } = reading;
  reading.code[size] = code;
  reading.field[size] = field;
  reading.from[size] = from;
  reading.word[size] = reading.wordStart.length - 1;
  reading.size = size + 1;
}

/** Space, tab, new line, no-break and ideographic space. */
const isSpace = (code: number): boolean => code <= 0x20 || code === 0xa0 || code === 0x3000;
const isHan = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;

/** Whether Chinese stands in short runs between spaces: three characters to a run or fewer, and at least two runs. */
function isWordCut(text: string): boolean {
  let han = 0;
  let runs = 0;
  let before = false;
  for (let at = 0; at < text.length; at += 1) {
    const now = isHan(text.charCodeAt(at));
    if (now) han += 1;
    if (now && !before) runs += 1;
    before = now;
  }
  return (runs >= 2 && han <= 3 * runs && / \S/.test(text)) || han === 0;
}

const letters = /[\p{L}\p{N}\p{M}]/u;

/** Letters, digits and marks; the common ranges without the expression. */
function isLetter(code: number): boolean {
  if (isHan(code)) return true;
  if (code < 0x80) return (code >= 0x30 && code <= 0x39) || ((code | 0x20) - 0x61) >>> 0 < 26;
  return !(code >= 0xd800 && code <= 0xdfff) && letters.test(String.fromCodePoint(code));
}

/** Full width to half width, capitals to small letters. */
function fold(code: number): number {
  const half = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
  return half >= 0x41 && half <= 0x5a ? half + 0x20 : half;
}
