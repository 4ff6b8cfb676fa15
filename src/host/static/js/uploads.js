// Files are pasted or dropped into a text, where a link to them appears, or dropped anywhere else on the card's page.
import { toast } from './toast.js';
import { type } from './typing.js';

const token = document.querySelector('meta[name=csrf-token]')?.content;
const page = () => document.getElementById('card-page');
const box = () => document.getElementById('files');
const fieldOf = target => target.closest?.('[data-uploads]');
const carries = event => event.dataTransfer?.types.includes('Files');

document.addEventListener('paste', event => {
  const field = fieldOf(event.target);
  const files = [...event.clipboardData?.files ?? []];
  if (!field || !files.length) return;
  event.preventDefault();
  bringInto(field, files);
});
document.addEventListener('dragover', event => {
  if (!carries(event) || !box()) return;
  event.preventDefault();
  (fieldOf(event.target) ?? box()).toggleAttribute('data-bringing', true);
});
for (const end of ['dragleave', 'drop']) document.addEventListener(end, () => {
  for (const each of document.querySelectorAll('[data-bringing]')) each.removeAttribute('data-bringing');
});
document.addEventListener('drop', event => {
  if (!carries(event) || !box()) return;
  event.preventDefault();
  const field = fieldOf(event.target);
  const files = [...event.dataTransfer.files];
  if (field) bringInto(field, files);
  else bringTo(box().dataset.files, files);
});
document.addEventListener('change', ({ target }) => {
  if (target.id === 'file' && target.files.length) target.form.requestSubmit();
});

// The text goes on being written meanwhile: what arrives stands where the caret was.
export async function bringInto(field, files) {
  const mark = `[${files.map(file => file.name).join(', ')} …]`;
  type(field, mark, field.selectionStart, field.selectionEnd);
  put(field, mark, await bring(field.dataset.uploads, files) ?? '');
}

function put(field, mark, words) {
  const at = field.value.indexOf(mark);
  if (at < 0) return;
  const after = caret => (caret <= at ? caret : Math.max(at, caret - mark.length) + words.length);
  const carets = [field.selectionStart, field.selectionEnd].map(after);
  type(field, words, at, at + mark.length);
  field.setSelectionRange(...carets);
}

async function bringTo(address, files) {
  if (await bring(address, files) === null) return;
  htmx.ajax('GET', page().dataset.url, { source: page(), target: '#card-page', select: '#card-page', swap: 'outerHTML show:none' });
}

// The Markdown that shows them; null when they were refused, which is said.
async function bring(address, files) {
  const body = new FormData();
  for (const file of files) body.append('file', file);
  try {
    const answer = await fetch(address, { method: 'POST', body, headers: { 'HX-Request': 'true', 'X-CSRFToken': token } });
    const words = await answer.text();
    if (answer.status === 201) return words;
    toast(answer.status === 422 ? words : document.getElementById('toasts').dataset.failed, { failed: true });
  } catch {
    toast(document.getElementById('toasts').dataset.offline, { failed: true });
  }
  return null;
}
