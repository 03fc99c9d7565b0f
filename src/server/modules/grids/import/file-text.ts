import { AppError } from '#kit/errors.ts';

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/**
 * Text of a file from an office: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030 (which contains GBK and
 * GB 2312). @throws AppError import_refused when it is none of these
 */
export function decodeFile(bytes: Uint8Array): { text: string; encoding: Encoding } {
  for (const encoding of candidates(bytes)) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
    } catch {
      continue; // not in this encoding
    }
  }
  throw new AppError('import_refused', 'The file is neither UTF-8 nor GB18030 text. Save it as CSV UTF-8 and repeat.');
}

function candidates(bytes: Uint8Array): Encoding[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le'];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be'];
  return ['utf-8', 'gb18030'];
}
