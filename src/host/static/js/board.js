// The board under the hands: adding, moving by mouse and by keys, and what others change meanwhile.
import { bind } from './app.js';
import './drafts.js';
import { keepFresh } from './fresh.js';

const parcel = document.getElementById('parcel');
const mover = document.getElementById('mover');
const labels = parcel.dataset;

// Where a card goes when it is dropped on a column: the resource below the card's address.
const ways = { maybe: ['triage/delete', {}], not_now: ['postponement', {}], done: ['closure', {}] };

function move(number, to) {
  const [way, values] = ways[to] ?? ['triage', { column: to }];
  return send(number, way, values);
}

// Without an answer the promise is broken; requests.js has said so by then.
function send(number, way, values = {}) {
  return htmx.ajax('POST', `/cards/${number}/${way}`, { source: parcel, target: parcel, swap: 'none', values }).catch(() => {});
}

// Adding: Enter adds, and the form stays open and empty.
document.addEventListener('keydown', event => {
  if (!event.target.matches?.('.addcard textarea') || event.key !== 'Enter' || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// Dragging with the mouse. Keys and phones use the picker.
let dragged = null;
let grasped = false; // pressed and not yet dragged: drawn anew, it would slip out of the hand
document.addEventListener('pointerdown', event => {
  const card = event.target.closest?.('.parcel .card[data-number]');
  grasped = Boolean(card);
  if (card) card.draggable = event.pointerType === 'mouse';
});
for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => {
  grasped = false;
  setTimeout(refresh);
});
document.addEventListener('dragstart', event => {
  dragged = event.target.closest?.('.card[data-number]');
  if (!dragged) return;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', dragged.dataset.number);
  requestAnimationFrame(() => dragged?.toggleAttribute('data-dragging', true));
});
document.addEventListener('dragend', () => {
  dragged?.removeAttribute('data-dragging');
  dragged = null;
  mark(null);
  refresh();
});
parcel.addEventListener('dragover', event => {
  const column = dragged && event.target.closest('.column');
  if (!column) return;
  event.preventDefault();
  mark(column);
});
parcel.addEventListener('drop', event => {
  const column = event.target.closest('.column');
  if (!dragged || !column) return;
  event.preventDefault();
  if (column !== dragged.closest('.column')) move(dragged.dataset.number, keyOf(column));
});

function keyOf(column) {
  return column.id.replace('col-', '');
}

function mark(column) {
  for (const each of parcel.querySelectorAll('[data-over]')) each.removeAttribute('data-over');
  column?.setAttribute('data-over', '');
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

// What has the focus keeps it when an answer draws it anew: a card, or the field that the next one is typed into. A card
// that goes away leaves it to its neighbour.
let held = null;
document.addEventListener('focusin', ({ target }) => {
  const number = target.closest('.parcel .card[data-number]')?.dataset.number;
  held = number ? linkOf(number) : target.matches('.addcard textarea') ? `#${target.id}` : null;
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

bind('m', labels.move, onCard(number => openMover(number)));
bind('k', labels.keep, onCard(number => send(number, 'keeping')));
bind('z', labels.rest, onCard(leaving('postponement')));
bind('d', labels.done, onCard(leaving('closure')));
bind('g', labels.golden, onCard((number, card) => send(number, card.hasAttribute('data-golden') ? 'goldness/delete' : 'goldness')));

function openMover(number) {
  const heading = mover.querySelector('h2');
  heading.textContent = heading.dataset.text.replace('{}', number);
  mover.dataset.number = number;
  mover.showModal();
}
mover.addEventListener('click', event => {
  const to = event.target.closest('[data-to]')?.dataset.to;
  if (!to) return;
  mover.close();
  move(mover.dataset.number, to);
  held = linkOf(mover.dataset.number);
});
parcel.addEventListener('click', event => {
  const grip = event.target.closest('.grip');
  if (!grip) return;
  event.preventDefault();
  openMover(grip.closest('.card').dataset.number);
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
  part: () => parcel,
  ask: () => htmx.ajax('GET', location.pathname + location.search, { source: parcel, target: '#parcel', select: '#parcel > .column', selectOOB: '#banners,#board-menu', swap: 'innerHTML' }),
  busy: () => dragged || grasped || mover.open || document.activeElement?.closest?.('#parcel :is(textarea, input)'),
});
document.addEventListener('focusout', ({ target }) => setTimeout(() => {
  if (target.isConnected && document.activeElement === document.body) held = null; // it was left, not drawn anew
}));
