// Steps change their order under the hands: dragged, or with Alt and an arrow on their box. Buttons do it for all others.
import { announce } from './announce.js';
import { sortable } from './dragging.js';

const STEP = '.step-row';

document.addEventListener('keydown', event => {
  const row = event.altKey && event.target.matches?.('.tick') && event.target.closest(STEP);
  const to = row && { ArrowUp: Number(row.dataset.index) - 1, ArrowDown: Number(row.dataset.index) + 1 }[event.key];
  if (to === undefined || !row) return;
  event.preventDefault();
  if (to >= 0 && to < document.querySelectorAll(STEP).length) move(row, to);
});

function arrange() {
  const list = document.querySelector('#steps .rows');
  if (list) sortable(list, { draggable: STEP, filter: 'input, button, a' }, dropped);
}
arrange();
document.addEventListener('htmx:afterSettle', arrange);

function dropped({ item, newDraggableIndex }, putBack) {
  move(item, newDraggableIndex).then(done => { if (!done) putBack(); });
}

// Gives whether it was done; requests.js has said so when it was not.
async function move(row, to) {
  const page = document.getElementById('card-page');
  const { step } = row.dataset;
  await htmx.ajax('POST', row.dataset.move, { source: page, target: '#card-page', select: '#card-page', swap: 'outerHTML show:none', values: { to } }).catch(() => {});
  const moved = document.querySelector(`${STEP}[data-step="${step}"][data-index="${to}"]`);
  if (moved) announce(moved.dataset.moved);
  return Boolean(moved);
}
