import { useState } from 'react';
import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { Cell, sortValue } from './table-cell.tsx';

type Sorting = { column: number; down: boolean } | null;

/** Slack's data table: sorted by a click on a heading, in pages, numbers to the right. */
export function DataTableBlock({ block }: { block: Json }) {
  const [header = [], ...rows] = block.rows as Json[][];
  const [sorting, setSorting] = useState<Sorting>(null);
  const [page, setPage] = useState(0);
  const pageSize = Number(block.page_size ?? 5);
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const shown = sorted(rows, sorting).slice(page * pageSize, (page + 1) * pageSize);
  const numeric = header.map((_, column) => rows.every((row) => row[column]?.type === 'raw_number'));
  const headColumn = Number(block.row_header_column_index ?? 0);

  return (
    <div className="data-table">
      <div className="table-scroll">
        <table className="table">
          <caption>{asText(block.caption)}</caption>
          <thead>
            <tr>
              {header.map((cell, column) => (
                <th
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                  key={column}
                  scope="col"
                  className={numeric[column] ? 'number' : ''}
                  aria-sort={
                    sorting?.column === column ? (sorting.down ? 'descending' : 'ascending') : 'none'
                  }
                >
                  <button
                    type="button"
                    className="sort-button"
                    onClick={() => {
                      setSorting(nextSorting(sorting, column, numeric[column] === true));
                      setPage(0);
                    }}
                  >
                    <Cell cell={cell} />
                    <span className="sort-sign" aria-hidden="true">
                      {sorting?.column === column ? (sorting.down ? '▾' : '▴') : '↕'}
                    </span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own
              <tr key={index}>
                {row.map((cell, column) => {
                  const className = numeric[column] ? 'number' : '';
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                  if (column === headColumn)
                    return (
                      <th key={column} scope="row" className={className}>
                        <Cell cell={cell} />
                      </th>
                    );
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                  return (
                    <td key={column} className={className}>
                      <Cell cell={cell} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <div className="table-pages">
          <button
            type="button"
            className="small-button"
            disabled={page === 0}
            onClick={() => setPage(page - 1)}
          >
            ‹ Previous
          </button>
          <span aria-live="polite">
            {page * pageSize + 1} to {Math.min((page + 1) * pageSize, rows.length)} of {rows.length}
          </span>
          <button
            type="button"
            className="small-button"
            disabled={page === pages - 1}
            onClick={() => setPage(page + 1)}
          >
            Next ›
          </button>
        </div>
      )}
    </div>
  );
}

/** Numbers begin with the largest, words with A; the third click brings the order of the answer back. */
function nextSorting(now: Sorting, column: number, numeric: boolean): Sorting {
  if (now?.column !== column) return { column, down: numeric };
  return now.down === numeric ? { column, down: !numeric } : null;
}

function sorted(rows: Json[][], sorting: Sorting): Json[][] {
  if (!sorting) return rows;
  const { column, down } = sorting;
  const ordered = rows.toSorted((a, b) => {
    const left = sortValue(a[column]);
    const right = sortValue(b[column]);
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    return String(left).localeCompare(String(right));
  });
  return down ? ordered.toReversed() : ordered;
}
