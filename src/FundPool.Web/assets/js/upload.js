import { part, el, word } from './parts.js';
import { attend } from './parts.js';
import { toast } from './flash.js';

part('[data-drop]', (drop) => {
  const input = drop.querySelector('input[type=file]');
  const title = drop.querySelector('[data-drop-title]');
  const tell = () => {
    const names = [...input.files].map((file) => `${file.name} (${(file.size / 1048576).toFixed(2)} MB)`);
    if (names.length) title.textContent = word('chosen', names.join('，'));
  };
  for (const name of ['dragenter', 'dragover']) drop.addEventListener(name, () => drop.classList.add('drop-over'));
  for (const name of ['dragleave', 'drop']) drop.addEventListener(name, () => drop.classList.remove('drop-over'));
  input.addEventListener('change', tell);
});

// A small file field behind its label: the label says which file was chosen.
part('input[data-file-pick]', (input) => {
  const name = document.querySelector(`label[for="${input.id}"] [data-file-name]`);
  input.addEventListener('change', () => { if (input.files[0]) name.textContent = input.files[0].name; });
});

// A form with data-upload shows how far its file is. Where it leads is told in X-Location (UploadAnswers.cs); a page
// that refuses the file takes the place of this one.
part('form[data-upload]', (form) => {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (form.dataset.sent) return;
    const input = form.querySelector('input[type=file]');
    const max = Number(input.dataset.maxBytes || 0);
    if (max && [...input.files].some((file) => file.size > max)) {
      toast(word('tooLarge', Math.floor(max / 1048576)), 'bad');
      return;
    }
    send(form);
  });
});

function send(form) {
  form.dataset.sent = 'yes';
  const figure = el('span', { class: 'progress-label', role: 'status' }, word('uploading', 0));
  const bar = el('progress', { class: 'progress-bar', max: '100', value: '0', 'aria-label': word('uploading', 0) });
  const block = el('div', { class: 'progress-block' }, el('div', { class: 'progress-head' }, figure), bar);
  form.append(block);

  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.setRequestHeader('X-Upload', '1');
  request.upload.addEventListener('progress', (event) => {
    const percent = event.total ? Math.floor((event.loaded / event.total) * 100) : 0;
    bar.value = percent;
    figure.textContent = percent < 100 ? word('uploading', percent) : word('uploaded');
    if (percent === 100) bar.removeAttribute('value');
  });
  request.addEventListener('load', () => {
    const next = request.getResponseHeader('X-Location');
    if (next) {
      location.assign(next);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    const main = page.getElementById('main');
    if (main) {
      document.title = page.title;
      document.getElementById('main').replaceWith(document.adoptNode(main));
      attend(document.getElementById('main'));
    } else {
      failed(form, block);
    }
  });
  request.addEventListener('error', () => failed(form, block));
  request.send(new FormData(form));
}

function failed(form, block) {
  delete form.dataset.sent;
  block.remove();
  toast(word('failed'), 'bad');
}
