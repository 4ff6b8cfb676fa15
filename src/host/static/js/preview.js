// The eye on a toolbar shows what becomes of the Markdown in the place of its field; pressed again, or by whatever needs the
// field, it gives the field back.
import { toast } from './toast.js';

const token = document.querySelector('meta[name=csrf-token]')?.content;
const eyeOf = field => document.querySelector(`[aria-controls="${CSS.escape(field.id)}"] [data-preview]`);

document.addEventListener('click', ({ target }) => {
  const eye = target.closest?.('[data-preview]');
  if (!eye) return;
  const field = document.getElementById(eye.closest('.toolbar').getAttribute('aria-controls'));
  if (field.hidden) giveBack(field);
  else show(field, eye);
});
// A field that nobody sees cannot say what it lacks.
document.addEventListener('invalid', ({ target }) => giveBack(target), true);

export function giveBack(field) {
  if (!field.hidden) return;
  field.hidden = false;
  field.nextElementSibling.remove();
  eyeOf(field).setAttribute('aria-pressed', 'false');
  field.focus();
}

async function show(field, eye) {
  const said = document.getElementById('toasts').dataset;
  const body = new URLSearchParams({ text: field.value });
  const headers = { 'HX-Request': 'true', 'X-CSRFToken': token };
  const answer = await fetch(eye.dataset.preview, { method: 'POST', body, headers }).catch(() => null);
  if (!answer?.ok) return toast(answer ? said.failed : said.offline, { failed: true });
  field.insertAdjacentHTML('afterend', await answer.text());
  field.hidden = true;
  eye.setAttribute('aria-pressed', 'true');
}
