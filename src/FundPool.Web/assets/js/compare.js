import { part } from './parts.js';

// A paper's file is compared in the browser, so that it need not leave the desk. Browsers give digests on secure pages only; elsewhere the form
// sends the file and the portal compares it without keeping it.
part('form[data-compare]', (form) => {
  if (!window.crypto || !window.crypto.subtle) return;
  const input = form.querySelector('input[type=file]');
  const said = form.querySelector('[data-compare-said]');
  const compare = async () => {
    const [file] = input.files;
    if (!file) return;
    const digest = await window.crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const same = hex === form.dataset.compare;
    for (const note of said.querySelectorAll('[data-said]')) note.hidden = (note.dataset.said === 'same') !== same;
  };
  input.addEventListener('change', compare);
  form.addEventListener('submit', (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    compare();
  });
});
