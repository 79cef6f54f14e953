import { part } from './parts.js';

// The menu on a narrow screen. Without script #menu opens it; with script it also keeps and returns the focus.
part('[data-drawer]', (opener) => {
  const drawer = document.getElementById(opener.dataset.drawer);
  if (!drawer) {
    opener.hidden = true;
    return;
  }

  const close = () => {
    drawer.classList.remove('sidebar-open');
    opener.setAttribute('aria-expanded', 'false');
    opener.focus();
  };
  opener.setAttribute('role', 'button');
  opener.setAttribute('aria-expanded', 'false');
  opener.addEventListener('click', (event) => {
    event.preventDefault();
    drawer.classList.add('sidebar-open');
    opener.setAttribute('aria-expanded', 'true');
    const first = drawer.querySelector('a');
    if (first) first.focus();
  });
  for (const closer of document.querySelectorAll('[data-drawer-close]')) {
    closer.addEventListener('click', (event) => {
      event.preventDefault();
      close();
    });
  }
  drawer.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    if (event.key !== 'Tab' || !drawer.classList.contains('sidebar-open')) return;
    const links = drawer.querySelectorAll('a');
    const last = links[links.length - 1];
    if (event.shiftKey && document.activeElement === links[0]) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && document.activeElement === last) {
      event.preventDefault();
      links[0].focus();
    }
  });
});
