import { el, part, word } from './parts.js';

const LASTS = 30 * 60 * 1000;
const SLOT = 'kept-form';

// What was typed into a form survives the end of the session: it stays in this tab, for this person, until one comes
// back through the sign-in page. Passwords, codes and files are never kept.
const fieldsOf = (form) => [...form.elements].filter((field) =>
  field.name && !field.name.startsWith('__') && !field.disabled
  && !['password', 'hidden', 'file', 'submit', 'button'].includes(field.type) && field.autocomplete !== 'one-time-code');

part('form[method=post]', (form) => {
  const who = document.body.dataset.who;
  if (!who || !fieldsOf(form).length) return;
  const where = `${location.pathname} ${form.getAttribute('action')}`;
  let typed = false;
  form.addEventListener('input', () => { typed = true; });
  addEventListener('pagehide', () => {
    if (!typed) return;
    const values = fieldsOf(form).map((field) =>
      [field.name, field.value, field.type === 'checkbox' || field.type === 'radio' ? field.checked : null]);
    sessionStorage.setItem(SLOT, JSON.stringify({ who, where, at: Date.now(), values }));
  });

  const kept = JSON.parse(sessionStorage.getItem(SLOT) || 'null');
  if (!kept || kept.where !== where) return;
  sessionStorage.removeItem(SLOT);
  const from = document.referrer && new URL(document.referrer);
  if (kept.who !== who || Date.now() - kept.at > LASTS || !from || from.origin !== location.origin || !from.pathname.startsWith('/sign-in')) return;
  for (const [name, value, checked] of kept.values) {
    const field = fieldsOf(form).find((one) => one.name === name && (checked === null || one.value === value));
    if (!field) continue;
    if (checked === null) field.value = value;
    else field.checked = checked;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
  form.before(el('div', { class: 'note note-info', role: 'status' }, el('div', { class: 'note-text' }, word('kept'))));
});
