import { part } from './parts.js';

// <button type="submit" data-confirm="id"> asks through <dialog id="id"> first. [data-echo="field"] inside the dialog
// repeats what stands in that field, so that the amount is read once more.
part('button[data-confirm]', (button) => {
  const dialog = document.getElementById(button.dataset.confirm);
  if (!dialog || !dialog.showModal) return;
  button.addEventListener('click', (event) => {
    const form = button.form;
    if (!form || button.dataset.confirmed) {
      delete button.dataset.confirmed;
      return;
    }
    event.preventDefault();
    // What must be filled in and is not the server names at its field; nobody is asked to confirm an empty form.
    const lacks = [...form.querySelectorAll('[aria-required=true]')].some((field) => field.offsetParent !== null && (
      field.matches('input, select, textarea') ? !field.value.trim() : !field.querySelector(':checked')));
    if (lacks) {
      button.dataset.confirmed = 'yes';
      button.click();
      return;
    }
    if (!form.reportValidity()) return;
    for (const echo of dialog.querySelectorAll('[data-echo]')) {
      const field = form.elements[echo.dataset.echo];
      // A choice is repeated in its own words, not by its code.
      const chosen = field && form.querySelector(`input[name="${CSS.escape(echo.dataset.echo)}"]:checked`);
      echo.textContent = chosen ? chosen.closest('label, .form-check').textContent.trim() : field ? field.value : '';
    }
    dialog.showModal();
    dialog.querySelector('[data-dialog-go]').onclick = () => {
      dialog.close();
      button.dataset.confirmed = 'yes';
      button.click();
    };
  });
});

part('[data-dialog-close]', (button) => {
  button.addEventListener('click', () => button.closest('dialog').close());
});

// A form is sent once, however often the button is pressed.
part('form[method=post]', (form) => {
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented || form.hasAttribute('data-upload')) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    setTimeout(() => delete form.dataset.sent, 8000);
  });
});
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});
