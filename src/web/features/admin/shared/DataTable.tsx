import type { ReactNode } from 'react';

export interface Column<T> {
  head: string;
  cell: (row: T) => ReactNode;
  /** Right-aligned figures. */
  number?: boolean;
  /** Short words that should stay on one line. */
  tight?: boolean;
}

export interface DataTableProps<T> {
  /** Spoken name of the table. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** Said instead of an empty table. */
  empty: string;
  /** Marks the row shown elsewhere on the page. */
  isCurrent?: (row: T) => boolean;
}

/** A table that becomes a stack of labelled cards on a phone. The first column names the row. */
export function DataTable<T>({ label, columns, rows, rowKey, empty, isCurrent }: DataTableProps<T>) {
  if (rows.length === 0) return <p className="adm-empty-line">{empty}</p>;
  return (
    <table className="adm-table" aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ head, number }) => (
            <th key={head} scope="col" className={number === true ? 'adm-number' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} aria-current={isCurrent?.(row) === true ? 'true' : undefined}>
            {columns.map(({ head, cell, number, tight }) => (
              <td
                key={head}
                data-label={head}
                className={number === true ? 'adm-number' : tight === true ? 'adm-tight' : undefined}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
