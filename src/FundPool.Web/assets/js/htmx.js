import htmx from 'htmx.org';
import { formToken } from './parts.js';

// Nothing that the content policy forbids: no eval, no style block, no foreign host, no script from an answer.
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
// A form that comes back with 400 or 422 is an answer to show; so is the page of a 403 or 404.
htmx.config.responseHandling = [
  { code: '204', swap: false },
  { code: '[23]..', swap: true },
  { code: '400|422', swap: true },
  { code: '...', swap: false, error: true },
];

document.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.verb !== 'get') {
    event.detail.headers.RequestVerificationToken = formToken(event.detail.elt.closest('form'));
  }
});

// A part of a page that was answered with another page, as when the session has ended: go to that page.
document.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr, requestConfig } = event.detail;
  const asked = new URL(requestConfig.path, location.href).pathname;
  if (xhr.responseURL && new URL(xhr.responseURL).pathname !== asked && /^\s*<!doctype/i.test(xhr.responseText)) {
    event.detail.shouldSwap = false;
    location.assign(xhr.responseURL);
  }
});
