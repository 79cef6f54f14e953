import { part } from './parts.js';

const plain = (text) => text.normalize('NFKC').replace(/[\s\u200b\ufeff]/g, '');

// 20260331, 2026/3/31, 2026年3月31日 → 2026-03-31, as the server reads them too.
export function isoDate(text) {
  const found = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(plain(text));
  if (!found) return null;
  const month = found[2] || found[4];
  const day = found[3] || found[5];
  const iso = `${found[1]}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

part('input[data-date]', (input) => {
  input.addEventListener('change', () => {
    const iso = isoDate(input.value);
    if (iso) input.value = iso;
  });
});

// The browser's own calendar behind a button, where it can be called.
part('[data-pick-date]', (button) => {
  if (!('showPicker' in HTMLInputElement.prototype)) return;
  const input = document.getElementById(button.dataset.pickDate);
  const native = document.createElement('input');
  native.type = 'date';
  native.tabIndex = -1;
  native.className = 'control-pick-native';
  native.setAttribute('aria-hidden', 'true');
  button.after(native);
  button.hidden = false;
  button.addEventListener('click', () => {
    native.value = isoDate(input.value) || '';
    native.showPicker();
  });
  native.addEventListener('change', () => {
    input.value = native.value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
    input.focus();
  });
});

// Thousands while nobody types, plain digits while somebody does.
part('input[data-amount]', (input) => {
  const places = Number(input.dataset.amount || 0);
  const group = () => {
    const text = plain(input.value).replace(/,/g, '');
    const found = /^(-?)(\d+)(\.\d*)?$/.exec(text);
    if (!found) return;
    let decimals = found[3] || '';
    if (places) decimals = (decimals || '.').padEnd(places + 1, '0');
    input.value = found[1] + found[2].replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+(?!\d))/g, ',') + decimals;
  };
  input.addEventListener('blur', group);
  input.addEventListener('focus', () => {
    input.value = input.value.replace(/,/g, '');
    input.select();
  });
});
