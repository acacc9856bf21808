import type { PageTable } from '@nads/report';

/** A table of the first rows; its caption says where there are more. @param file that has all of them */
export const firstRows = (table: PageTable, count: number, file: string): PageTable =>
  table.rows.length <= count
    ? table
    : {
        ...table,
        caption: `${table.caption}: the first ${count} of ${table.rows.length}, all are in ${file}`,
        rows: table.rows.slice(0, count),
      };
