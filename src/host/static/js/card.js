// The card's page: keys, and what others change meanwhile.
import { bind } from './app.js';
import './drafts.js';
import { keepFresh } from './fresh.js';

const page = () => document.getElementById('card-page');

keepFresh(`card-${page().dataset.card}`, {
  part: page,
  ask: () => htmx.ajax('GET', page().dataset.url, { source: page(), target: '#card-page', select: '#card-page', swap: 'outerHTML show:none' }),
  busy: () => document.activeElement?.matches('#card-page :is(textarea, input, select)') || page().querySelector('.words, details[open]'),
});

// Of the links, only those of this card are put in its place; one in a comment may lead anywhere.
document.addEventListener('htmx:beforeRequest', event => {
  const { elt } = event.detail;
  if (!elt.matches('#card-page a') || elt.pathname === page().dataset.url) return;
  event.preventDefault();
  location.assign(elt.href);
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
  if (event.target.id === 'say' && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
});
