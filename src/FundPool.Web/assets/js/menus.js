import { part } from './parts.js';

// A menu closes when one turns elsewhere, and with Escape.
part('details[data-menu]', (menu) => {
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && menu.open) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  document.addEventListener('click', (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
});
