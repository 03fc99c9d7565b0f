interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** Below a list that comes page by page: fetches the next one; absent when there is none. */
export function MoreButton({ list, words }: { list: Paged; words: string }) {
  if (!list.hasNextPage) return null;
  return (
    <button
      type="button"
      className="tool tool-framed"
      disabled={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      {words}
    </button>
  );
}
