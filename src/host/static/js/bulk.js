// Marking several cards: by their boxes, with Shift from the last one to this, or with X under the cursor. Marks outlive
// what others change meanwhile.
import { bind } from './app.js';
import { announce } from './announce.js';

const form = document.getElementById('bulk');
const parcel = document.getElementById('parcel');
const count = document.getElementById('bulk-count');
const marked = new Set();
let last = null;

const boxes = within => [...within.querySelectorAll('.pick')];

function tell() {
  count.textContent = count.dataset.text.replace('{}', marked.size);
  announce(marked.size ? count.textContent : '');
}

function keep(box) {
  if (box.checked) marked.add(box.value);
  else marked.delete(box.value);
}

if (form) {
  parcel.addEventListener('click', event => {
    if (!event.target.matches('.pick')) return;
    const box = event.target;
    if (event.shiftKey && last) for (const each of between(last, box)) { each.checked = box.checked; keep(each); }
    keep(box);
    last = box.value;
    tell();
    if (event.detail) box.blur(); // by mouse: a field with the focus would keep others' changes away
  });
  form.addEventListener('reset', () => {
    marked.clear();
    for (const box of boxes(parcel)) box.checked = false;
    tell();
  });
  document.addEventListener('htmx:afterSettle', () => {
    for (const box of boxes(parcel)) box.checked = marked.has(box.value);
  });
  bind('x', form.dataset.mark, () => {
    const card = document.activeElement?.closest('.parcel .card[data-number]') ?? parcel.querySelector('.card[data-number]:hover');
    const box = card?.querySelector('.pick');
    if (!box) return false;
    box.checked = !box.checked;
    keep(box);
    last = box.value;
    tell();
  });
}

// All from the one to the other, where they lie in one column.
function between(from, to) {
  const column = boxes(to.closest('.cards'));
  const [start, end] = [column.findIndex(box => box.value === from), column.indexOf(to)].sort((a, b) => a - b);
  return start < 0 ? [] : column.slice(start, end + 1);
}
