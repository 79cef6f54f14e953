import TomSelect from 'tom-select/dist/js/tom-select.base.min.js';
import { part, word } from './parts.js';

// A long select becomes searchable; the select itself stays and is what the form sends.
part('select[data-combobox]', (select) => {
  const label = document.querySelector(`label[for="${select.id}"]`);
  const described = select.getAttribute('aria-describedby');
  const box = new TomSelect(select, {
    maxOptions: 300,
    allowEmptyOption: false,
    plugins: [],
    render: {
      no_results: () => {
        const none = document.createElement('div');
        none.className = 'no-results';
        none.textContent = word('noMatch');
        return none;
      },
    },
  });
  // The label now belongs to the box; the select behind it keeps its name.
  if (label) select.setAttribute('aria-label', label.textContent.trim());
  if (described) box.control_input.setAttribute('aria-describedby', described);
});
