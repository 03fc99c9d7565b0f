/** What the address of the warnings page says. */
export interface WarningSearch {
  show: 'running' | 'all';
  /** Id of the warning shown in full. */
  warning?: string;
  /** A form lies in the place of the detail. */
  form?: 'issue' | 'update' | 'upload';
}

/** Anything unknown is left out. */
export function parseWarningSearch(search: Record<string, unknown>): WarningSearch {
  const { show, warning, form } = search;
  return {
    show: show === 'all' ? 'all' : 'running',
    ...(typeof warning === 'string' && /^[0-9a-f-]{36}$/.test(warning) ? { warning } : {}),
    ...(form === 'issue' || form === 'update' || form === 'upload' ? { form } : {}),
  };
}
