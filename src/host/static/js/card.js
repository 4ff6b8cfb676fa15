// The card's page: keys, and what others change meanwhile.
import { bind } from './app.js';
import { inHand, whenLetGo } from './dragging.js';
import './drafts.js';
import { keepFresh } from './fresh.js';
import './steps.js';
import './toolbar.js';
import './uploads.js';

const page = () => document.getElementById('card-page');

const refresh = keepFresh(`card-${page().dataset.card}`, {
  part: page,
  ask: () => htmx.ajax('GET', page().dataset.url, { source: page(), target: '#card-page', select: '#card-page', swap: 'outerHTML show:none' }),
  busy: () => inHand() || document.activeElement?.matches('#card-page :is(textarea, input, select)') || page().querySelector('.words, #rewording, #rewording-step, details[open]:not(.history)'),
});
whenLetGo(refresh);

// Of the links, only those of this card are put in its place; one in a comment may lead anywhere.
document.addEventListener('htmx:beforeRequest', event => {
  const { elt } = event.detail;
  if (!elt.matches('#card-page a') || elt.pathname === page().dataset.url || elt.matches('[id^=reword-], [id^=edit-step-]')) return;
  event.preventDefault();
  location.assign(elt.href);
});

// The history that somebody opened stays open when the page is drawn anew.
let opened = [];
document.addEventListener('htmx:beforeSwap', () => { opened = [...document.querySelectorAll('.history[open]')].map(each => each.id); });
document.addEventListener('htmx:afterSettle', () => {
  for (const id of opened) document.getElementById(id)?.toggleAttribute('open', true);
});

// A plus opens a form: the first field is next.
document.addEventListener('toggle', ({ target }) => {
  if (target.matches('.plus[open]')) target.querySelector('select, input:not([type=hidden])').focus();
}, true);

bind('m', document.getElementById('move').dataset.move, () => {
  const column = document.querySelector('#move [aria-current]') ?? document.querySelector('#move button');
  column.focus();
});

// Ctrl+Enter says it.
document.addEventListener('keydown', event => {
  if (event.target.matches?.('.editor textarea') && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
});
