/** What the address of the page may hold. */
export interface GroupSearch {
  group?: string | undefined;
  q?: string | undefined;
  platform?: 'in_app' | 'wecom' | 'other' | undefined;
  waiting?: boolean | undefined;
  /** A new one is being made. */
  make?: boolean | undefined;
}

/** Reads the address of the page; what does not fit is left out. */
export function parseGroupSearch(search: Record<string, unknown>): GroupSearch {
  const text = (key: string, form: RegExp): string | undefined => {
    const value = search[key] === undefined ? '' : String(search[key]);
    return form.test(value) ? value : undefined;
  };
  const [group, q] = [text('group', /^[0-9a-f-]{36}$/), text('q', /^.{1,40}$/)];
  const platform = text('platform', /^(in_app|wecom|other)$/) as GroupSearch['platform'];
  return {
    ...(group === undefined ? {} : { group }),
    ...(q === undefined ? {} : { q }),
    ...(platform === undefined ? {} : { platform }),
    ...(String(search['waiting']) === 'true' ? { waiting: true } : {}),
    ...(String(search['make']) === 'true' ? { make: true } : {}),
  };
}
