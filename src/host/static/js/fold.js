// When columns no longer fit beside each other, open ones fold, the last first. The server remembers only what a person
// folded; this is for the width of this window, so nothing is sent.
const phone = matchMedia('(width < 48rem)');

function fit(kept) {
  const parcel = document.querySelector('.parcel');
  if (!parcel || phone.matches) return;
  const open = [...parcel.querySelectorAll('.column:not([data-collapsed], [data-stream])')].filter(each => each !== kept);
  while (overflows(parcel) && open.length) fold(open.pop());
}

function overflows(parcel) {
  return parcel.lastElementChild.getBoundingClientRect().right > parcel.getBoundingClientRect().right + 1;
}

function fold(column) {
  const button = column.querySelector('.fold button');
  if (!button) return;
  column.toggleAttribute('data-collapsed', true);
  column.dataset.forRoom = '';
  button.ariaExpanded = 'false';
  button.form.elements.folded.value = '0'; // the next click opens it
}

function unfold(column) {
  column.removeAttribute('data-collapsed');
  delete column.dataset.forRoom;
  const button = column.querySelector('.fold button');
  button.ariaExpanded = 'true';
  button.form.elements.folded.value = '1';
}

document.addEventListener('htmx:afterSettle', event => {
  const column = event.target.closest?.('.column') ?? document.getElementById(event.detail.elt?.id);
  if (column?.matches('.column')) fit(column);
});
addEventListener('resize', () => {
  document.querySelectorAll('.column[data-for-room]').forEach(unfold);
  fit();
});
fit();
