// The board under the hands: adding, moving by mouse and by keys, and what others change meanwhile.
import { bind } from './app.js';
import { inHand, sortable, whenLetGo } from './dragging.js';
import './drafts.js';
import { keepFresh } from './fresh.js';
import { note } from './keys.js';

const parcel = document.getElementById('parcel');
const mover = document.getElementById('mover');
const page = document.getElementById('main'); // asks for the board: what hands do on the parcel does not wait for that
const labels = parcel.dataset;

// Where a card goes when it is dropped on a column: the resource below the card's address.
const ways = { maybe: ['triage/delete', {}], not_now: ['postponement', {}], done: ['closure', {}] };

function move(number, to, { lying = {}, putBack } = {}) {
  const [way, values] = ways[to] ?? ['triage', { column: to, ...lying }];
  return send(number, way, values, putBack);
}

// `failed` is called when it was not done; requests.js has said so by then.
function send(number, way, values = {}, failed = () => {}) {
  return post(`/cards/${number}/${way}`, values, failed);
}

// One after the other, in the order in which they were made (hx-sync of the parcel).
const waiting = [];

function post(path, values, failed) {
  waiting.push({ path, failed });
  return htmx.ajax('POST', path, { source: parcel, target: parcel, swap: 'none', values }).catch(() => {});
}
parcel.addEventListener('htmx:afterRequest', ({ detail }) => {
  const at = waiting.findIndex(each => detail.elt === parcel && each.path === detail.requestConfig.path);
  if (at < 0) return;
  const [{ failed }] = waiting.splice(at, 1);
  if (!detail.successful) failed();
});

// What is drawn anew shows as many cards as one had scrolled to.
const FIRST = 25;
document.addEventListener('htmx:configRequest', ({ detail }) => {
  const deep = [...parcel.querySelectorAll('.cards')].map(list => [list.dataset.column, list.querySelectorAll('.card[data-number]').length]);
  detail.headers['X-Scrolled'] = deep.filter(([, count]) => count > FIRST).map(each => each.join('=')).join();
});

// Adding: Enter adds, and the form is open and empty at once, for the next card may be typed before the answer comes.
document.addEventListener('keydown', event => {
  if (!event.target.matches?.('.addcard textarea') || event.key !== 'Enter' || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
parcel.addEventListener('submit', event => {
  const form = event.target;
  if (!form.matches('.addcard') || event.submitter?.hasAttribute('formaction')) return;
  event.preventDefault();
  const { id, value } = form.elements.title;
  post(form.getAttribute('action'), Object.fromEntries(new FormData(form)), () => giveBack(id, value));
  form.elements.title.value = '';
});

// What could not be added, before what was typed since; a refused title is back already, with what is wrong with it.
function giveBack(id, typed) {
  const field = document.getElementById(id);
  if (field && !field.matches('[aria-invalid]')) field.value = [typed, field.value].filter(Boolean).join('\n');
}

// Dragging. Where cards lie by themselves only the column counts, where they lie by hand also what they lie below.
// Of cards that are marked all come along, when it goes to another column.
const CARDS = { group: 'cards', draggable: 'li:has(> .card[data-number])', filter: '.pick', fallbackOnBody: true, onStart: tellMany };
const bulk = { maybe: 'move:maybe', not_now: 'postpone', done: 'close' };

function arrange() {
  for (const list of parcel.querySelectorAll('.cards')) sortable(list, { ...CARDS, sort: byHand(list) }, drop);
}
arrange();
document.addEventListener('htmx:afterSettle', arrange);

function drop({ item, from, to }, putBack) {
  const card = item.querySelector('.card');
  const above = item.previousElementSibling?.querySelector('.card[data-number]');
  const lying = byHand(to) ? { below: above?.dataset.number ?? '' } : {};
  if (from === to) send(card.dataset.number, 'position', lying, putBack);
  else if (marked(item) > 1) moveMarked(bulk[to.dataset.column] ?? `move:${to.dataset.column}`);
  else move(card.dataset.number, to.dataset.column, { lying, putBack });
}

// How many cards go with this one, itself among them.
function marked(item) {
  return item.querySelector('.pick:checked') ? parcel.querySelectorAll('.pick:checked').length : 1;
}

function tellMany({ item }) {
  if (marked(item) > 1) Sortable.ghost.dataset.many = marked(item);
}

function moveMarked(to) {
  const form = document.getElementById('bulk');
  form.requestSubmit(form.querySelector(`[value="${to}"]`));
}

function byHand(list) {
  return list.hasAttribute('data-by-hand');
}

// The cursor is the card whose link has the focus, or lies under the pointer.
function current() {
  return document.activeElement?.closest('.card[data-number]') ?? parcel.querySelector('.card[data-number]:hover');
}

function onCard(act) {
  return () => {
    const card = current();
    if (!card) return false;
    act(card.dataset.number, card);
  };
}

// What has the focus keeps it when an answer draws it anew: a card, the head of a column, or the field that the next card is
// typed into. A card that goes away leaves it to its neighbour.
let held = null;
document.addEventListener('focusin', ({ target }) => {
  const number = target.closest('.parcel .card[data-number]')?.dataset.number;
  const column = target.closest('.column-head')?.closest('.column');
  if (number) held = linkOf(number);
  else if (column) held = `#${column.id} .column-head :is(button, a)`;
  else held = target.matches('.addcard textarea') ? `#${target.id}` : null;
});
document.addEventListener('pointerdown', ({ target }) => { if (!target.closest('.card')) held = null; });
document.addEventListener('htmx:afterSettle', () => {
  if (document.activeElement === document.body && held) document.querySelector(held)?.focus();
});

function linkOf(number) {
  return `#card-${number} .card-title a`;
}

function neighbour(card) {
  const item = card.closest('li');
  return (item.nextElementSibling ?? item.previousElementSibling)?.querySelector('.card[data-number]')?.dataset.number;
}

function leaving(way) {
  return (number, card) => {
    const next = neighbour(card);
    send(number, way);
    held = next && linkOf(next);
  };
}

bind('a', labels.assign, onCard(number => openOnCard(number, 'assignments')));
bind('t', labels.tag, onCard(number => openOnCard(number, 'taggings')));
bind('w', labels.watch, onCard(number => send(number, 'watch/turn')));
bind('m', labels.move, onCard(number => openMover(number)));
bind('k', labels.keep, onCard(number => send(number, 'keeping')));
bind('z', labels.rest, onCard(leaving('postponement')));
bind('d', labels.done, onCard(leaving('closure')));
bind('g', labels.golden, onCard((number, card) => send(number, card.hasAttribute('data-golden') ? 'goldness/delete' : 'goldness')));

// Up and down, where cards lie by hand.
note('Shift ↑ ↓', labels.shift);
document.addEventListener('keydown', event => {
  const way = event.shiftKey && { ArrowUp: 'up', ArrowDown: 'down' }[event.key];
  const card = way && document.activeElement.closest('.cards[data-by-hand] .card[data-number]');
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  send(card.dataset.number, `position/${way}`);
});

function openMover(number) {
  const list = document.getElementById(`card-${number}`)?.closest('.cards');
  document.getElementById('mover-shift').hidden = !list || !byHand(list);
  const heading = mover.querySelector('h2');
  heading.textContent = heading.dataset.text.replace('{}', number);
  mover.dataset.number = number;
  mover.showModal();
}
mover.addEventListener('click', event => {
  const { to, shiftCard } = event.target.closest('button')?.dataset ?? {};
  if (!to && !shiftCard) return;
  mover.close();
  if (to) move(mover.dataset.number, to);
  else send(mover.dataset.number, `position/${shiftCard}`);
  held = linkOf(mover.dataset.number);
});
parcel.addEventListener('click', event => {
  const grip = event.target.closest('.grip');
  if (!grip) return;
  event.preventDefault();
  openMover(grip.closest('.card').dataset.number);
});

// What A and T ask for. A change closes the dialog, and the card has the focus again; what was refused stays in it.
const dialog = document.getElementById('on-card');

function openOnCard(number, what) {
  held = linkOf(number);
  dialog.dataset.number = number;
  htmx.ajax('GET', `/cards/${number}/${what}`, { source: dialog, target: dialog, swap: 'innerHTML' }).then(() => {
    if (dialog.childElementCount) dialog.showModal();
  }).catch(() => {});
}
dialog.addEventListener('htmx:beforeOnLoad', ({ detail: { xhr, requestConfig } }) => {
  if (requestConfig.verb !== 'get' && xhr.status < 300) dialog.close();
});
dialog.addEventListener('close', () => {
  document.querySelector(linkOf(dialog.dataset.number))?.focus();
  dialog.replaceChildren();
});

// Arrows walk the board.
const steps = { ArrowLeft: [-1, true], ArrowRight: [1, true], ArrowUp: [-1, false], ArrowDown: [1, false] };
document.addEventListener('keydown', event => {
  const step = steps[event.key];
  if (!step || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog, [popover]')) return;
  const links = [...parcel.querySelectorAll('.column:not([data-collapsed]) .card-title a')];
  if (!links.length) return;
  event.preventDefault();
  (links.includes(document.activeElement) ? nearest(document.activeElement, links, step) : links[0])?.focus();
});

function nearest(from, links, [way, flat]) {
  const a = from.closest('.card').getBoundingClientRect();
  return links.map(link => distance(link, a, way, flat)).filter(each => each.along > 8).sort((x, y) => x.cost - y.cost)[0]?.link;
}

function distance(link, a, way, flat) {
  const b = link.closest('.card').getBoundingClientRect();
  const along = (flat ? b.left - a.left : b.top - a.top) * way;
  const across = Math.abs(flat ? b.top - a.top : b.left - a.left);
  return { link, along, cost: along + across * 3 };
}

// What others change appears by itself, but never under someone's typing or dragging.
const refresh = keepFresh(`board-${parcel.dataset.board}`, {
  part: () => page,
  ask: () => htmx.ajax('GET', location.pathname + location.search, { source: page, target: '#parcel', select: '#parcel > .column', selectOOB: '#banners,#board-menu,#coltabs', swap: 'innerHTML' }),
  busy: () => inHand() || document.querySelector('dialog[open]') || document.activeElement?.closest?.('#parcel :is(textarea, input)'),
});
whenLetGo(refresh);
document.addEventListener('focusout', ({ target }) => setTimeout(() => {
  if (target.isConnected && document.activeElement === document.body) held = null; // it was left, not drawn anew
}));
