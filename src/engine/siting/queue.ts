interface Entry {
  key: number;
  item: number;
}

/** Items by least key, ties by lowest item; those no longer wanted are dropped when they come to the front. O(log n). */
export class Queue {
  private readonly heap: Entry[] = [];

  add(key: number, item: number): void {
    const { heap } = this;
    let at = heap.push({ key, item }) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(heap[at] as Entry, heap[above] as Entry)) return;
      this.swap(at, above);
      at = above;
    }
  }

  /** The first item still wanted; it stays. */
  first(isWanted: (item: number) => boolean): Entry | null {
    for (let top = this.heap[0]; top !== undefined; top = this.heap[0]) {
      if (isWanted(top.item)) return top;
      this.drop();
    }
    return null;
  }

  private drop(): void {
    const { heap } = this;
    const last = heap.pop() as Entry;
    if (heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const below = right < heap.length && isBefore(heap[right] as Entry, heap[left] as Entry) ? right : left;
      if (!isBefore(heap[below] as Entry, heap[at] as Entry)) return;
      this.swap(at, below);
      at = below;
    }
  }

  private swap(a: number, b: number): void {
    const { heap } = this;
    [heap[a], heap[b]] = [heap[b] as Entry, heap[a] as Entry];
  }
}

const isBefore = (one: Entry, other: Entry): boolean =>
  one.key < other.key || (one.key === other.key && one.item < other.item);
