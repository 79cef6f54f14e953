import { part, word, clockTime, formToken } from './parts.js';

const PAUSE = 2000; // after the last key
const LONGEST = 10000; // while one goes on typing

// <form data-autosave-url="…"> keeps a draft while one types. The answer 409 means that another window holds a newer
// draft; a field named "draft_version" is renewed from {"version": …}.
part('form[data-autosave-url]', (form) => {
  const state = form.querySelector('[data-autosave-state]');
  let pause;
  let first;
  let lastSent = new URLSearchParams(new FormData(form)).toString();

  const tell = (text, failed) => {
    if (!state) return;
    state.textContent = text;
    state.classList.toggle('save-state-failed', Boolean(failed));
  };

  const save = async () => {
    clearTimeout(pause);
    first = 0;
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
    if (body.toString() === lastSent) return;
    tell(word('saving'));
    try {
      const answer = await fetch(form.dataset.autosaveUrl, {
        method: 'POST',
        headers: { Accept: 'application/json', RequestVerificationToken: formToken(form) },
        body,
      });
      if (answer.status === 409) {
        tell(word('saveConflict'), true);
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const version = form.elements.draft_version;
      const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
      if (version && told.version) version.value = told.version;
      lastSent = body.toString();
      tell(word('saved', clockTime()));
    } catch (error) {
      tell(word('saveFailed'), true);
      pause = setTimeout(save, LONGEST);
    }
  };

  form.addEventListener('input', () => {
    first = first || Date.now();
    clearTimeout(pause);
    pause = setTimeout(save, Math.max(0, Math.min(PAUSE, first + LONGEST - Date.now())));
  });
  form.addEventListener('change', () => {
    clearTimeout(pause);
    pause = setTimeout(save, PAUSE);
  });
  form.addEventListener('submit', () => clearTimeout(pause));
});
