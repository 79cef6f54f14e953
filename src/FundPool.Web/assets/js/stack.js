import { part } from './parts.js';

// On a phone each row of a stacked table is a card, and each cell says its column.
part('table.table-stack', (table) => {
  const heads = [...table.querySelectorAll('thead th')].map((head) => head.innerText.trim());
  for (const row of table.querySelectorAll('tbody tr')) {
    [...row.children].forEach((cell, i) => cell.setAttribute('data-label', heads[i] || ''));
  }

  // A row of sums begins with a heading over several columns.
  for (const row of table.querySelectorAll('tfoot tr')) {
    let column = 0;
    for (const cell of row.children) {
      cell.setAttribute('data-label', cell.textContent.trim() ? heads[column] || '' : '');
      column += cell.colSpan;
    }
  }
});
