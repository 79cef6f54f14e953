import { part } from './parts.js';

// 元 or 万元: both are in the page, a class shows one.
part('a[data-unit]', (link) => {
  const other = new URL(link.href, location.href);
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    document.cookie = `fp-unit=${other.searchParams.get('to')}; path=/; max-age=31536000; samesite=lax`;
    location.reload();
  });
});
