// When columns no longer fit beside each other, open ones fold, the last first. The server remembers only what a person
// folded; this is for the width of this window, so nothing is sent.
const phone = matchMedia('(width < 48rem)');
const forRoom = new Set(); // ids of columns folded here: an answer of the server draws them open again

function fit(kept) {
  const parcel = document.querySelector('.parcel');
  if (!parcel || phone.matches) return;
  if (kept) forRoom.delete(kept.id);
  for (const each of open(parcel)) if (forRoom.has(each.id)) fold(each);
  const columns = open(parcel).filter(each => each !== kept);
  while (overflows(parcel) && columns.length) fold(columns.pop());
  // Too many even when folded: then the parcel scrolls.
  if (overflows(parcel)) parcel.toggleAttribute('data-scrolls', true);
}

function open(parcel) {
  return [...parcel.querySelectorAll('.column:not([data-collapsed], [data-stream])')];
}

function overflows(parcel) {
  return parcel.lastElementChild.getBoundingClientRect().right > parcel.getBoundingClientRect().right + 1;
}

function fold(column) {
  const button = column.querySelector('.fold button');
  if (!button) return;
  column.toggleAttribute('data-collapsed', true);
  forRoom.add(column.id);
  button.ariaExpanded = 'false';
  button.form.elements.folded.value = '0'; // the next click opens it
}

function unfold(id) {
  const column = document.getElementById(id);
  column?.removeAttribute('data-collapsed');
  const button = column?.querySelector('.fold button');
  if (!button) return;
  button.ariaExpanded = 'true';
  button.form.elements.folded.value = '1';
}

document.addEventListener('htmx:afterSettle', ({ target, detail }) => {
  // A column that was asked for stays open; one that came along with another answer may fold.
  fit(target.matches?.('.column') && detail.target?.id === target.id ? target : null);
});
addEventListener('resize', () => {
  document.querySelector('.parcel')?.removeAttribute('data-scrolls');
  forRoom.forEach(unfold);
  forRoom.clear();
  fit();
});
fit();
