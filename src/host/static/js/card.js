// The card's page: what others change appears, but never under someone's typing.
const page = () => document.getElementById('card-page');
let stale = false;

document.body.addEventListener(`live:card-${page().dataset.card}`, () => {
  stale = true;
  refreshWhenQuiet();
});
document.addEventListener('focusout', () => setTimeout(refreshWhenQuiet));
document.addEventListener('htmx:afterSwap', () => { stale = false; });

function typing() {
  return [...page().querySelectorAll('textarea, input:not([type=hidden])')]
    .some(field => field === document.activeElement || field.value !== field.defaultValue);
}

function refreshWhenQuiet() {
  if (!stale || typing() || page().querySelector('details.words[open]')) return;
  stale = false;
  htmx.ajax('GET', page().dataset.url, { source: page(), target: '#card-page', select: '#card-page', swap: 'outerHTML show:none' });
}

// Ctrl+Enter says it.
document.addEventListener('keydown', event => {
  if (event.target.id === 'say' && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
});
