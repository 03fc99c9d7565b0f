import type { ReactNode } from 'react';

export interface CareColumn<T> {
  head: string;
  cell: (row: T) => ReactNode;
  number?: boolean;
}

/** A plain table; on a phone each row becomes a card whose cells say their head. */
export function CareTable<T>(props: {
  label: string;
  columns: readonly CareColumn<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
}) {
  return (
    <table className="care-table" aria-label={props.label}>
      <thead>
        <tr>
          {props.columns.map(({ head, number }) => (
            <th key={head} scope="col" className={number === true ? 'care-number' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={props.rowKey(row)}>
            {props.columns.map(({ head, cell, number }) => (
              <td key={head} data-label={head} className={number === true ? 'care-number' : undefined}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Hands a file to the browser; nothing of it stays in the page. */
export function saveFile(name: string, type: string, content: BlobPart): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Several of these. */
export function Checks(props: {
  legend: string;
  choices: readonly { value: string; words: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const { legend, choices, chosen, onChange } = props;
  return (
    <fieldset className="care-checks">
      <legend>{legend}</legend>
      {choices.map(({ value, words }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
