/** A file's bytes as base64, as imports send them; '' when none is chosen. */
export async function fileToBase64(file: File | undefined): Promise<string> {
  if (file === undefined) return '';
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  // In pieces: a call with a million arguments would overflow the stack.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
