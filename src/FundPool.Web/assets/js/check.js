import { part, formToken } from './parts.js';

const PAUSE = 450;

// <form data-check-url="…"> is ruled while one types. The answer takes the place of #ruling; what is wrong stands at the
// fields that have been left, never at the one in hand.
part('form[data-check-url]', (form) => {
  const panel = document.getElementById('ruling');
  const left = new Set([...form.querySelectorAll('.field-wrong [name]')].map((control) => control.name));
  let pause;
  let running;
  let problems = [];

  const show = () => {
    const names = new Set([...form.elements].map((control) => control.name).filter(Boolean));
    for (const name of names) {
      const control = form.elements[name].length && !form.elements[name].tagName ? form.elements[name][0] : form.elements[name];
      const field = control.closest('.field');
      if (!field || !left.has(name)) continue;
      const wrong = problems.filter((problem) => problem.field === name).map((problem) => problem.message);
      if (field.contains(document.activeElement) && !field.classList.contains('field-wrong')) continue;
      mark(field, name, wrong);
    }
  };

  const check = async () => {
    clearTimeout(pause);
    if (running) running.abort();
    running = new AbortController();
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
    try {
      const answer = await fetch(form.dataset.checkUrl, {
        method: 'POST',
        headers: { 'HX-Request': 'true', RequestVerificationToken: formToken(form) },
        body,
        signal: running.signal,
      });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const told = page.querySelector('[data-check-answer]');
      if (!told) return;
      problems = JSON.parse(told.dataset.problems || '[]');
      const legacy = form.querySelector('[data-legacy]');
      if (legacy) legacy.hidden = told.dataset.asksLegacy !== 'true';
      const top = panel.scrollTop;
      panel.replaceChildren(document.adoptNode(told));
      panel.scrollTop = top;
      // Heard only when the answer as a whole changes, not with each key.
      const said = form.querySelector('[data-check-said]');
      const verdict = panel.querySelector('.status');
      if (said && verdict && said.textContent !== verdict.textContent.trim()) said.textContent = verdict.textContent.trim();
      show();
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
    }
  };

  const soon = () => {
    clearTimeout(pause);
    pause = setTimeout(check, PAUSE);
  };
  form.addEventListener('input', soon);
  form.addEventListener('change', soon);
  form.addEventListener('focusout', (event) => {
    if (!event.target.name) return;
    left.add(event.target.name);
    setTimeout(show, 0);
  });
});

function mark(field, name, wrong) {
  const before = [...field.querySelectorAll('.field-error')].map((line) => line.dataset.message || line.textContent);
  if (before.join('\n') === wrong.join('\n')) return;
  for (const line of field.querySelectorAll('.field-error')) line.remove();
  field.classList.toggle('field-wrong', wrong.length > 0);
  const group = field.tagName === 'FIELDSET' ? field : field.querySelector('[name]');
  const described = (group.getAttribute('aria-describedby') || '').split(' ').filter((id) => id && !id.includes('-error-'));
  const anchor = field.querySelector('.form-hint') || field.querySelector('label, legend');
  wrong.forEach((message, i) => {
    const line = document.createElement('div');
    line.className = 'field-error';
    line.id = `${name}-error-${i}`;
    line.dataset.message = message;
    line.textContent = message;
    anchor.after(line);
    described.push(line.id);
  });
  if (described.length) group.setAttribute('aria-describedby', described.join(' '));
  else group.removeAttribute('aria-describedby');
  for (const control of field.querySelectorAll('[name]')) {
    if (wrong.length) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
  }
}

// <div data-hide-when="Currency" data-hide-values=",CNY">: away while that field says one of these.
part('[data-hide-when]', (block) => {
  const form = block.closest('form');
  const control = form.elements[block.dataset.hideWhen];
  const values = block.dataset.hideValues.split(',');
  const tell = () => {
    block.hidden = values.includes(control.value.trim());
  };
  form.addEventListener('input', tell);
  tell();
});

// <input data-unit-of="Currency">: the unit behind an amount follows the currency.
part('input[data-unit-of]', (input) => {
  const control = input.form.elements[input.dataset.unitOf];
  const unit = input.parentElement.querySelector('.control-affix:last-child');
  const own = /^[A-Z]{3}$/.test(unit.textContent) ? '元' : unit.textContent;
  control.addEventListener('input', () => {
    const code = control.value.trim().toUpperCase();
    unit.textContent = code === '' || code === 'CNY' ? own : code;
  });
});
