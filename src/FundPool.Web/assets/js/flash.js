import { part, el, word } from './parts.js';

part('[data-dismiss]', (button) => {
  button.hidden = false;
  button.addEventListener('click', () => button.closest('.flash').remove());
});

// A short message from a script: toast('…'), toast('…', 'bad'). htmx answers send it as HX-Trigger: {"toast":{…}}.
export function toast(sentence, tone = 'info') {
  const region = document.getElementById('toasts');
  if (!region) return;
  const shown = el('div', { class: `flash flash-${tone}`, role: tone === 'bad' ? 'alert' : 'status' }, el('span', {}, sentence));
  const close = el('button', { type: 'button', class: 'btn-close', 'aria-label': word('close') }, '×');
  close.addEventListener('click', () => shown.remove());
  shown.append(close);
  region.append(shown);
  if (tone !== 'bad') setTimeout(() => shown.remove(), 6000);
}

document.addEventListener('toast', (event) => toast(event.detail.text, event.detail.tone));
document.addEventListener('htmx:responseError', () => toast(word('failed'), 'bad'));
document.addEventListener('htmx:sendError', () => toast(word('failed'), 'bad'));
