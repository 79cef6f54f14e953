// Parts of the page that scripts attend to: part('[data-x]', setUp) runs once for each element, also for those that
// htmx brings later.
const parts = [];
const attended = new WeakMap();

export function part(selector, setUp) {
  parts.push({ selector, setUp });
}

export function attend(root) {
  for (const { selector, setUp } of parts) {
    const found = root.matches && root.matches(selector) ? [root] : [];
    for (const element of [...found, ...root.querySelectorAll(selector)]) {
      const done = attended.get(element) || new Set();
      if (!done.has(setUp)) {
        attended.set(element, done.add(setUp));
        setUp(element);
      }
    }
  }
}

export function start() {
  document.documentElement.classList.add('has-script');
  attend(document.body);
  document.body.addEventListener('htmx:load', (event) => attend(event.detail.elt));
}

let read;

// A sentence in the language of the page (see _ScriptWords.cshtml), with {0} filled in.
export function word(name, value) {
  if (!read) {
    const block = document.getElementById('words');
    read = block ? JSON.parse(block.textContent) : {};
  }
  return (read[name] || name).replace('{0}', value);
}

export function el(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...content);
  return element;
}

export function clockTime(date = new Date()) {
  return date.toLocaleTimeString('zh-CN', { hour12: false, timeZone: 'Asia/Shanghai' });
}

// The token that every unsafe request must carry: the form's own, else any on the page.
export function formToken(near) {
  const field = (near && near.querySelector('[name=__RequestVerificationToken]')) ||
    document.querySelector('[name=__RequestVerificationToken]');
  return field ? field.value : '';
}
