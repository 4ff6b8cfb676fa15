// Light or dark at once, without a new page; the server keeps the choice in a cookie as it does without us.
import { glide } from './glide.js';

document.addEventListener('submit', async event => {
  const form = event.target.closest('[data-theme-form]');
  if (!form || !event.submitter) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  wear(body.get('theme'));
  try {
    await fetch(form.action, { method: 'POST', body });
  } catch { /* offline: the page keeps its look, the next one has the old */ }
});

function wear(theme) {
  glide(() => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  });
  for (const button of document.querySelectorAll('[data-theme-form] [aria-pressed]')) {
    button.ariaPressed = String(button.value === theme);
  }
}
