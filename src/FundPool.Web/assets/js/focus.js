import { part } from './parts.js';

// The error summary takes the focus when the page comes back with it.
part('[data-focus]', (element) => element.focus());

// Its links lead to the control itself; a group gives the focus to its first choice.
part('.error-summary', (summary) => {
  summary.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const control = target.matches('fieldset') ? target.querySelector('input') || target : target;
    const shown = control.tomselect ? control.tomselect.control_input : control;
    (target.closest('.field') || target).scrollIntoView({ block: 'center' });
    shown.focus({ preventScroll: true });
  });
});

// "/" leads to the search field, as in the tools that clerks know.
document.addEventListener('keydown', (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector('main input[type=search]');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});

// Alt+S sends the form one is in.
document.addEventListener('keydown', (event) => {
  if (!event.altKey || event.code !== 'KeyS') return;
  const form = event.target.closest && event.target.closest('form[method=post]');
  const button = form && (form.querySelector('.btn-primary[type=submit]') || form.querySelector('[type=submit]'));
  if (button) {
    event.preventDefault();
    button.click();
  }
});
