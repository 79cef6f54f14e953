import { part, el, word, formToken } from './parts.js';

const WARNING = 120; // seconds before the end

const SLOT = 'fp-session-ends';

// What one window prolongs holds for the others too: the latest end that any of them was told.
function told(ends) {
  try {
    localStorage.setItem(SLOT, String(ends));
  } catch (error) {
    // A browser that keeps nothing has each window count for itself.
  }
}

function latest(ends) {
  try {
    return Number(localStorage.getItem(SLOT)) || ends;
  } catch (error) {
    return ends;
  }
}

// Two minutes before the session ends one is asked; whoever stays away is led to the sign-in page.
part('body[data-session-ends]', (body) => {
  let ends = Date.parse(body.dataset.sessionEnds);
  if (Number.isNaN(ends)) return;
  // The server's clock counts, not the desk's: a bank's PC may be a quarter of an hour off.
  const ahead = Date.parse(body.dataset.sessionNow) - Date.now();
  const now = () => Date.now() + (Number.isNaN(ahead) ? 0 : ahead);
  told(ends);
  let dialog;
  let text;

  const keep = async () => {
    const answer = await fetch(body.dataset.sessionKeep, {
      method: 'POST',
      headers: { Accept: 'application/json', RequestVerificationToken: formToken() },
    });
    if (!answer.ok) {
      location.assign(body.dataset.sessionExpired);
      return;
    }
    ends = Date.parse((await answer.json()).ends);
    told(ends);
    dialog.close();
  };

  const open = () => {
    text = el('p', { role: 'timer', 'aria-live': 'off' });
    const stay = el('button', { type: 'button', class: 'btn btn-primary' }, word('sessionKeep'));
    stay.addEventListener('click', keep);
    dialog = el('dialog', { class: 'dialog', 'aria-label': word('sessionTitle') },
      el('h2', { class: 'dialog-title' }, word('sessionTitle')),
      el('div', { class: 'dialog-body' }, text),
      el('div', { class: 'dialog-buttons' }, stay));
    dialog.addEventListener('close', () => {
      dialog.remove();
      dialog = null;
    });
    document.body.append(dialog);
    dialog.showModal();
  };

  const timer = setInterval(() => {
    ends = latest(ends);
    const left = Math.round((ends - now()) / 1000);
    if (left <= 0) {
      clearInterval(timer); // asked for again, the page would begin to load anew each second
      location.assign(body.dataset.sessionExpired);
      return;
    }
    if (left > WARNING && dialog) dialog.close();
    if (left <= WARNING && !dialog) open();
    if (dialog) text.textContent = word('sessionText', left);
  }, 1000);
});
