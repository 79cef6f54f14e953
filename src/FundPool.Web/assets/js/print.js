import { part } from './parts.js';

part('[data-print]', (button) => button.addEventListener('click', () => window.print()));
