import TomSelect from 'tom-select/dist/js/tom-select.base.min.js';
import { part, word } from './parts.js';

// A long select becomes searchable; the select itself stays and is what the form sends.
part('select[data-combobox]', (select) => {
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
  if (described) box.control_input.setAttribute('aria-describedby', described);
});
