// The board's own columns change their order under the hands: dragged by their heads, or with Shift and an arrow key while
// the head has the focus. The board's menu has buttons for it.
import { announce } from './announce.js';
import { sortable } from './dragging.js';
import { note } from './keys.js';

const OWN = '.column[data-position]';
const parcel = document.getElementById('parcel');
const { columns: address, columnMoved: said, columnKeys: label } = parcel.dataset;

sortable(parcel, { draggable: OWN, handle: '.column-head', filter: 'input', direction: 'horizontal' }, ({ item, newDraggableIndex }, putBack) => {
  move(item, newDraggableIndex, putBack);
});

note('Shift ← →', label);
document.addEventListener('keydown', event => {
  const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const column = event.shiftKey && way && event.target.closest?.('.column-head')?.closest(OWN);
  if (!column || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  const to = Number(column.dataset.position) + way;
  if (to >= 0 && to < parcel.querySelectorAll(OWN).length) move(column, to);
}, true);

// The whole board is drawn anew: its menu, too, says where each column stands.
async function move(column, to, putBack = () => {}) {
  const { id } = column;
  const values = { position: to, back: location.pathname + location.search };
  const done = { source: parcel, target: '#parcel', select: '#parcel > .column', selectOOB: '#board-more,#coltabs', swap: 'innerHTML' };
  await htmx.ajax('POST', `${address}/${id.replace('col-', '')}/position`, { ...done, values }).catch(() => {});
  const moved = document.getElementById(id);
  if (moved?.dataset.position !== String(to)) return putBack();
  moved.querySelector('.column-head :is(button, a)')?.focus({ preventScroll: true });
  announce(said.replace('{name}', moved.querySelector('.name').textContent).replace('{place}', to + 1).replace('{all}', parcel.querySelectorAll(OWN).length));
}

// After a button of the menu the column has the focus on the page that comes, once the browser has gone to it: that takes
// the focus.
const moved = location.hash.startsWith('#col-') && document.getElementById(location.hash.slice(1));
if (moved) addEventListener('load', () => setTimeout(() => {
  moved.querySelector('.column-head :is(button, a)')?.focus({ preventScroll: true });
}));
