// What every htmx request carries, and what is said when one fails.
import { announce } from './announce.js';
import { toast } from './toast.js';

const token = document.querySelector('meta[name=csrf-token]')?.content;
const words = document.getElementById('toasts').dataset;

document.addEventListener('htmx:configRequest', event => {
  if (token) event.detail.headers['X-CSRFToken'] = token;
});
document.addEventListener('htmx:sendError', () => toast(words.offline, { failed: true }));
document.addEventListener('htmx:responseError', ({ detail: { xhr, requestConfig } }) => {
  // Signed out meanwhile: the server shows the way in, unless there are words that would be lost with the page.
  if (xhr.status === 401 && requestConfig.verb === 'get') return location.reload();
  toast(reason(xhr) || words.failed, { failed: true });
});

// The server may speak through HX-Trigger: {"announce": "Card 198 kept."} or {"toast": "…"}.
document.addEventListener('announce', event => announce(event.detail.value));
document.addEventListener('toast', event => toast(event.detail.value));

function reason(xhr) {
  if (/json/.test(xhr.getResponseHeader('Content-Type') ?? '')) {
    try {
      const problem = JSON.parse(xhr.responseText);
      return problem.detail ?? problem.title;
    } catch { return null; }
  }
  const page = new DOMParser().parseFromString(xhr.responseText, 'text/html');
  return page.querySelector('[data-error]')?.textContent;
}
