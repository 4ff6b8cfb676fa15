// The page of connections: kept fresh, but never under a hand; and buttons that copy what stands in a field.
import { announce } from '../../js/announce.js';
import { keepFresh } from '../../js/fresh.js';

const list = () => document.getElementById('connections');

if (list()) {
  const url = list().dataset.url;
  keepFresh('connections', {
    part: list,
    ask: () => htmx.ajax('GET', url, { source: list(), target: '#connections', select: '#connections', swap: 'outerHTML' }),
    busy: () => list().contains(document.activeElement) || list().querySelector('details[open]'),
  });
}

// Without a clipboard, as at an address without https, there are no such buttons.
function offer(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll('[data-copy]')) button.hidden = false;
}

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
  announce(button.dataset.copied);
});
document.addEventListener('htmx:load', event => offer(event.target));
offer(document);
