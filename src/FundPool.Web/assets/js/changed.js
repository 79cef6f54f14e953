import { part, el, word } from './parts.js';

// <form data-before='{"Principal":"450,000.00"}'>: fields that differ from what is registered are marked, with the old value.
part('form[data-before]', (form) => {
  if (!form.dataset.before) return;
  const before = JSON.parse(form.dataset.before);
  const plain = (text) => text.normalize('NFKC').replace(/[\s,]/g, '').replace(/^(\d+)\.?0*$/, '$1');
  const fields = [...form.querySelectorAll('.field')].map((field) => ({ field, name: (field.querySelector('[name]') || {}).name })).filter(({ name }) => name);

  const valueOf = (field, name) => {
    const boxes = [...field.querySelectorAll(`input[type=checkbox][name="${name}"]`)];
    return boxes.length ? boxes.filter((box) => box.checked).map((box) => box.value).join(';') : form.elements[name].value;
  };
  const said = (field, name, value) => {
    const options = [...field.querySelectorAll('option')];
    const boxes = [...field.querySelectorAll('input[type=checkbox]')];
    if (options.length) return (options.find((option) => option.value === value) || {}).text || '—';
    if (boxes.length) return boxes.filter((box) => value.split(';').includes(box.value)).map((box) => box.closest('label').textContent.trim()).join('、') || '—';
    return value || '—';
  };
  const tell = () => {
    for (const { field, name } of fields) {
      if (name === 'Reason' || name === 'LegacyReason') continue;
      const old = before[name] || '';
      const changed = plain(valueOf(field, name)) !== plain(old);
      const line = field.querySelector('.field-before');
      field.classList.toggle('field-changed', changed);
      if (changed && !line) {
        const anchor = field.querySelector('.form-hint') || field.querySelector('label, legend');
        anchor.after(el('div', { class: 'field-before' }, `${word('valueBefore')} `, el('del', {}, said(field, name, old))));
      }
      if (!changed && line) line.remove();
    }
  };
  form.addEventListener('input', tell);
  form.addEventListener('change', tell);
  tell();
});
