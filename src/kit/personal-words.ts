/**
 * Does a note look as if it held a telephone, a number of a document, or an address of mail? Names cannot be known by their
 * looks; whoever writes is told to leave them out. Both the counter and the server ask this.
 */
export function tellsOfSomebody(note: string): boolean {
  const plain = note
    .normalize('NFKC')
    // Chinese numerals are digits too, and what people put between digits does not hide them.
    .replaceAll(/[零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]/g, '0')
    .replaceAll(/(?<=\d)[\s\-–—.·,，、/_]+(?=\d)/g, '');
  return /\d{7}/.test(plain) || /\S+@\S+\.\S+/.test(plain);
}
