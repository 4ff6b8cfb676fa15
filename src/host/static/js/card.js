// The card's page: keys, and what others change meanwhile.
import { bind } from './app.js';
import './drafts.js';

const page = () => document.getElementById('card-page');
let stale = false;

// What others change appears by itself, but never under someone's typing.
document.body.addEventListener(`live:card-${page().dataset.card}`, () => {
  stale = true;
  refreshWhenQuiet();
});
document.addEventListener('focusout', () => setTimeout(refreshWhenQuiet));
document.addEventListener('htmx:afterSwap', ({ detail }) => {
  if (detail.target?.id === 'card-page') stale = false;
});

function busy() {
  return document.activeElement?.matches('#card-page :is(textarea, input, select)') || page().querySelector('.words, details[open]');
}

function refreshWhenQuiet() {
  if (!stale || busy()) return;
  stale = false;
  htmx.ajax('GET', page().dataset.url, { source: page(), target: '#card-page', select: '#card-page', swap: 'outerHTML show:none' })
    .catch(() => { stale = true; });
}

// The answer may come when somebody types again.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.requestConfig.verb !== 'get' || detail.requestConfig.elt !== page() || !busy()) return;
  detail.shouldSwap = false;
  stale = true;
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
