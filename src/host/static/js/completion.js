// Typing @ offers the people of the board, typing # cards by number or words of their titles: in fields that have the
// address to ask for them, data-people and data-cards. The field keeps the focus: arrows mark, Enter or Tab takes, Escape
// closes, and so does going elsewhere.
import { announce } from './announce.js';
import { type } from './typing.js';

const WAIT = 150; // ms
const LONGEST = 200; // characters that are looked at
const SIGNS = {
  people: /(?<![\p{L}\p{N}_/@])@([\p{L}\p{N}-]{0,40})$/u,
  cards: /(?<![\p{L}\p{N}_#&/])#(\d{0,18}|\p{L}[\p{L}\p{N}-]{0,40}(?: [\p{L}\p{N}-]{1,40}){0,3})$/u,
};

let field = null; // the one being typed into
let list = null;
let later;
let asking;

document.addEventListener('input', ({ target, isComposing }) => { if (!isComposing) look(target); });
document.addEventListener('compositionend', ({ target }) => look(target));
document.addEventListener('focusout', ({ target }) => { if (target === field) close(); });
document.addEventListener('pointerdown', event => {
  if (event.target.closest?.('#offered')) event.preventDefault(); // the field keeps the focus
  else close();
});
document.addEventListener('click', ({ target }) => {
  const option = target.closest?.('#offered [role=option]');
  if (option) take(option);
});

function look(target) {
  if (!target.matches?.('[data-people], [data-cards]')) return;
  field = target;
  clearTimeout(later);
  const found = typed();
  if (found) later = setTimeout(() => ask(found.address), WAIT);
  else close();
}

// Where the sign before the caret stands, and where to ask for what it may mean; null where there is none.
function typed() {
  const { selectionStart: caret, selectionEnd, value, dataset } = field;
  if (caret !== selectionEnd) return null;
  const from = Math.max(0, caret - LONGEST);
  for (const [sign, pattern] of Object.entries(SIGNS)) {
    const found = dataset[sign] && pattern.exec(value.slice(from, caret));
    if (found) return { start: from + found.index, address: `${dataset[sign]}?q=${encodeURIComponent(found[1])}` };
  }
  return null;
}

async function ask(address) {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { 'HX-Request': 'true' } });
    const html = answer.status === 200 ? await answer.text() : '';
    if (field.matches(':focus') && typed()?.address === address) show(html);
  } catch { close(); } // typed on, or offline: it can be typed to its end
}

function show(html) {
  const before = list?.children.length;
  remove();
  if (!html) return;
  field.insertAdjacentHTML('afterend', html);
  list = field.nextElementSibling;
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-controls', list.id);
  list.scrollIntoView({ block: 'nearest' });
  mark(list.firstElementChild);
  if (list.children.length !== before) announce(list.dataset.said);
}

function mark(option) {
  list.querySelector('[aria-selected=true]')?.setAttribute('aria-selected', 'false');
  option.setAttribute('aria-selected', 'true');
  option.scrollIntoView({ block: 'nearest' });
  field.setAttribute('aria-activedescendant', option.id);
}

function take(option) {
  const end = field.selectionStart;
  const spaced = /^\s/.test(field.value.slice(end));
  type(field, `${option.dataset.take}${spaced ? '' : ' '}`, typed().start, end);
  if (spaced) field.setSelectionRange(field.selectionStart + 1, field.selectionStart + 1);
  close();
}

function close() {
  clearTimeout(later);
  asking?.abort();
  remove();
}

function remove() {
  list?.remove();
  list = null;
  for (const name of ['aria-autocomplete', 'aria-controls', 'aria-activedescendant']) field?.removeAttribute(name);
}

// Before the page's own keys: Escape would leave the field.
document.addEventListener('keydown', event => {
  if (!list?.isConnected || event.target !== field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const act = keys[event.key];
  if (!act) return;
  if (act(list.querySelector('[aria-selected=true]')) !== false) event.preventDefault();
}, true);

const keys = {
  ArrowDown: option => mark(option.nextElementSibling ?? list.firstElementChild),
  ArrowUp: option => mark(option.previousElementSibling ?? list.lastElementChild),
  Enter: take,
  Tab: take,
  Escape: close,
  ArrowLeft: leave,
  ArrowRight: leave,
  Home: leave,
  End: leave,
};

// The caret goes elsewhere.
function leave() {
  close();
  return false;
}
