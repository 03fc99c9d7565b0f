/**
 * The shape of the tree, without a single hash: which leaf ranges a proof consists of, and which complete subtrees make up
 * a range. Numbers only (no 32-bit operators), exact for every size up to 2^53 - 1. All functions are O(log size).
 *
 *            [0,7)                 size 7 = 4 + 2 + 1
 *          /       \
 *      [0,4)       [4,7)           complete subtrees: [0,4) = (level 2, index 0),
 *      /   \       /   \                              [4,6) = (level 1, index 2),
 *   [0,2) [2,4) [4,6)  [6,7)                          [6,7) = (level 0, index 6)
 */

/** The complete subtree over leaves [index · 2^level, (index + 1) · 2^level). Level 0 is the leaf hashes. */
export interface NodeId {
  level: number;
  index: number;
}

/** Leaves start, start + 1, … end - 1. */
export interface LeafRange {
  start: number;
  end: number;
}

/** The largest power of two smaller than `leaves` (≥ 2): the k of RFC 9162 §2.1.1. */
function split(leaves: number): number {
  let k = 1;
  while (k * 2 < leaves) k *= 2;
  return k;
}

/**
 * The complete subtrees that make up a range, left to right (largest first).
 * Invariant required: `start` is a multiple of a power of two ≥ end - start, as in every range this file yields.
 */
export function nodesOfRange({ start, end }: LeafRange): NodeId[] {
  const nodes: NodeId[] = [];
  let width = 1;
  let level = 0;
  while (width * 2 <= end - start) {
    width *= 2;
    level += 1;
  }
  for (let at = start; at < end; width /= 2, level -= 1) {
    if (width > end - at) continue;
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/**
 * Ranges whose hashes are the inclusion proof of leaf `index` in the tree of `size` leaves, in proof order (deepest first).
 * Needs 0 ≤ index < size. Source: PATH(m, D_n), RFC 9162 §2.1.3.1.
 */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  const siblings: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + split(end - start);
    if (index < middle) {
      siblings.push({ start: middle, end });
      end = middle;
    } else {
      siblings.push({ start, end: middle });
      start = middle;
    }
  }
  return siblings.reverse();
}

/**
 * Ranges whose hashes are the consistency proof between the trees of `size1` and `size2` leaves, in proof order.
 * Needs 1 ≤ size1 ≤ size2; empty for equal sizes. Source: PROOF and SUBPROOF, RFC 9162 §2.1.4.1.
 */
export function consistencyRanges(size1: number, size2: number): LeafRange[] {
  const siblings: LeafRange[] = [];
  let start = 0;
  let end = size2;
  while (end !== size1) {
    const middle = start + split(end - start);
    if (size1 <= middle) {
      siblings.push({ start: middle, end });
      end = middle;
    } else {
      siblings.push({ start, end: middle });
      start = middle;
    }
  }
  // A subtree that starts at leaf 0 is the old tree itself, and its root is known to the verifier: it is left out.
  if (start > 0) siblings.push({ start, end });
  return siblings.reverse();
}
