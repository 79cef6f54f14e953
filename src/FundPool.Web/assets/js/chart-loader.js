import { part } from './parts.js';

// The charts' code is large and few pages have one, so it comes when a chart is there.
let asked;

part('[data-chart]', () => {
  if (asked) {
    document.dispatchEvent(new Event('charts:draw'));
    return;
  }
  asked = document.createElement('script');
  asked.src = document.body.dataset.charts;
  document.head.append(asked);
});
