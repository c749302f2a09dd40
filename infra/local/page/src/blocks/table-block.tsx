import type { Json } from '../contract.ts';
import { Cell } from './table-cell.tsx';

/** The plain table: its first row is shown as the header. */
export function TableBlock({ block }: { block: Json }) {
  const [header = [], ...rows] = block.rows as Json[][];
  const settings = (block.column_settings ?? []) as ({ align?: string; is_wrapped?: boolean } | null)[];
  const style = (column: number) => ({
    textAlign: (settings[column]?.align ?? 'left') as 'left',
    whiteSpace: settings[column]?.is_wrapped ? ('normal' as const) : ('nowrap' as const),
  });
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            {header.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
              <th key={column} scope="col" style={style(column)}>
                <Cell cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
            <tr key={index}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
                <td key={column} style={style(column)}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
