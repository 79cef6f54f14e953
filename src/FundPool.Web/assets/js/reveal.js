import { part, el, word, formToken } from './parts.js';
import { toast } from './flash.js';

// "查看完整": asks why, posts the reason, shows the value. The link behind it is a page that does the same.
part('a[data-reveal]', (link) => {
  const probe = document.createElement('dialog');
  if (!probe.showModal) return;
  link.addEventListener('click', (event) => {
    event.preventDefault();
    ask(link);
  });
});

function ask(link) {
  const id = 'reveal-reason';
  const reason = el('textarea', { class: 'form-control', id, rows: '3', required: '', maxlength: '200' });
  const wrong = el('div', { class: 'field-error', hidden: '' }, word('revealNeed'));
  const cancel = el('button', { type: 'button', class: 'btn' }, word('cancel'));
  const go = el('button', { type: 'submit', class: 'btn btn-primary' }, word('reveal'));
  const form = el('form', { method: 'dialog', novalidate: '' },
    el('div', { class: 'dialog-body' },
      el('label', { class: 'form-label', for: id }, `${link.dataset.revealWhat} · ${word('revealWhy')}`), wrong, reason),
    el('div', { class: 'dialog-buttons' }, cancel, go));
  const dialog = el('dialog', { class: 'dialog', 'aria-label': word('revealTitle') }, el('h2', { class: 'dialog-title' }, word('revealTitle')), form);
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    link.focus();
  });
  cancel.addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    wrong.hidden = reason.value.trim().length >= 4;
    if (!wrong.hidden) {
      reason.focus();
      return;
    }
    go.disabled = true;
    await show(link, reason.value.trim());
    dialog.close();
  });
  dialog.showModal();
}

async function show(link, reason) {
  try {
    const answer = await fetch(link.dataset.reveal, {
      method: 'POST',
      headers: { Accept: 'application/json', RequestVerificationToken: formToken() },
      body: new URLSearchParams({ reason }),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const { value } = await answer.json();
    const shown = link.closest('.masked').querySelector('[data-masked-value]');
    shown.textContent = value;
    shown.classList.add('masked-shown');
    link.hidden = true;
  } catch (error) {
    toast(word('failed'), 'bad');
  }
}
