import { part } from './parts.js';

// <form data-batch>: how many of its rows are ticked and what they come to, in the bar and in the dialog that asks again.
part('form[data-batch]', (form) => {
  const boxes = [...form.querySelectorAll('input[data-fen]')];
  const all = form.querySelector('[data-batch-all]');
  const go = form.querySelector('[data-batch-go]');
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked);
    const fen = ticked.reduce((sum, box) => sum + Number(box.dataset.fen), 0);
    for (const place of form.querySelectorAll('[data-batch-count]')) place.textContent = String(ticked.length);
    for (const place of form.querySelectorAll('[data-batch-sum]')) {
      place.textContent = (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    }
    if (go) go.disabled = ticked.length === 0;
    if (all) all.checked = boxes.length > 0 && ticked.length === boxes.length;
  };
  form.addEventListener('change', (event) => {
    if (event.target === all) for (const box of boxes) box.checked = all.checked;
    tell();
  });
  tell();
});

// <button type="button" data-mark-rest="confirmed">: answers so wherever the form's marks have no answer yet.
part('button[data-mark-rest]', (button) => {
  button.hidden = false;
  button.addEventListener('click', () => {
    const form = button.form || button.closest('form');
    const names = new Set([...form.querySelectorAll('input[data-mark]')].map((radio) => radio.name));
    for (const name of names) {
      const radios = [...form.querySelectorAll(`input[data-mark][name="${name}"]`)];
      if (!radios.some((radio) => radio.checked)) radios.find((radio) => radio.value === button.dataset.markRest).checked = true;
    }
    form.dispatchEvent(new Event('change'));
  });
});
