import { part } from './parts.js';

// On a phone each row of a stacked table is a card, and each cell says its column.
part('table.table-stack', (table) => {
  const heads = [...table.querySelectorAll('thead th')].map((head) => {
    const units = [...head.querySelectorAll('.unit-note')];
    const name = units.reduce((text, unit) => text.replace(unit.textContent, ''), head.textContent).trim();
    const unit = units.find((one) => getComputedStyle(one).display !== 'none');
    return unit && name ? `${name}（${unit.textContent.trim()}）` : name;
  });
  for (const row of table.querySelectorAll('tbody tr')) {
    [...row.children].forEach((cell, i) => {
      cell.setAttribute('data-label', heads[i] || '');
      if (!cell.textContent.trim() && !cell.querySelector('input, button, img, svg')) cell.classList.add('nothing-cell');
    });
  }

  // A row of sums begins with a heading over several columns.
  for (const row of table.querySelectorAll('tfoot tr')) {
    let column = 0;
    for (const cell of row.children) {
      cell.setAttribute('data-label', cell.tagName === 'TD' && cell.textContent.trim() ? heads[column] || '' : '');
      if (!cell.textContent.trim()) cell.classList.add('nothing-cell');
      column += cell.colSpan;
    }
  }
});
