import { part } from './parts.js';

// On a phone each row of a stacked table is a card, and each cell says its column.
part('table.table-stack', (table) => {
  const heads = [...table.querySelectorAll('thead th')].map((head) => head.innerText.trim());
  for (const row of table.querySelectorAll('tbody tr')) {
    [...row.children].forEach((cell, i) => cell.setAttribute('data-label', heads[i] || ''));
  }
});
