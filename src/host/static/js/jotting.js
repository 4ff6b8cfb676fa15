// A draft is kept while it is typed: after a moment, when its field is left, and when the page is.
import './app.js';
import './drafts.js';
import './steps.js';
import './toolbar.js';
import './uploads.js';

const WAIT = 1500; // ms
const page = () => document.getElementById('card-page');
let later;
let kept = words();
bringBack();

document.addEventListener('input', ({ target }) => {
  if (!target.closest('#draft')) return;
  say('lost');
  clearTimeout(later);
  later = setTimeout(keep, WAIT);
});
document.addEventListener('focusout', ({ target }) => { if (target.closest('#draft')) keep(); });
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') leave(); });
addEventListener('pagehide', leave);
document.addEventListener('submit', ({ target }) => { if (target.id === 'draft') kept = words(); }, true);

// Whatever else is pressed on the page answers with the words as they are kept: they are sent first.
document.addEventListener('htmx:confirm', event => {
  if (words() === kept) return;
  event.preventDefault();
  keep().then(() => event.detail.issueRequest(true)); // true: this is not asked again, also when they could not be kept
});

function words() {
  const form = document.getElementById('draft');
  return form ? JSON.stringify([form.elements.title.value, form.elements.description.value]) : kept;
}

// The last words may arrive after the page that is asked for next, which would then show older ones: this tab remembers.
function leave() {
  const form = document.getElementById('draft');
  if (!form || words() === kept) return;
  sessionStorage.setItem(form.dataset.keep, words());
  keep();
}

function bringBack() {
  const form = document.getElementById('draft');
  const left = sessionStorage.getItem(form.dataset.keep);
  sessionStorage.removeItem(form.dataset.keep);
  if (left) [form.elements.title.value, form.elements.description.value] = JSON.parse(left);
  keep();
}

async function keep() {
  clearTimeout(later);
  const form = document.getElementById('draft');
  const now = words();
  if (now === kept) return;
  kept = now;
  try {
    const answer = await fetch(form.dataset.keep, { method: 'POST', body: new FormData(form), headers: { 'HX-Request': 'true' }, keepalive: true });
    if (answer.status !== 204) throw new Error(answer.status);
    sessionStorage.removeItem(form.dataset.keep);
    if (words() === now) say('kept');
  } catch {
    if (kept === now) kept = null; // tried again with the next change
    say('lost');
  }
}

function say(which) {
  const place = document.getElementById('kept');
  if (place) place.textContent = document.getElementById('draft').dataset[which];
}

// Of the links, only those of this card are put in its place.
document.addEventListener('htmx:beforeRequest', event => {
  const { elt } = event.detail;
  if (!elt.matches('#card-page a') || elt.pathname === page().dataset.url || elt.matches('[id^=edit-step-]')) return;
  event.preventDefault();
  location.assign(elt.href);
});
document.addEventListener('toggle', ({ target }) => {
  if (target.matches('.plus[open]')) target.querySelector('select, input:not([type=hidden])').focus();
}, true);
document.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !event.target.closest?.('#draft')) return;
  document.getElementById(event.shiftKey ? 'publish-another' : 'publish').click();
});
