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

// A form that was drawn anew before its answer came hears nothing any more: the page hears it then.
document.addEventListener('htmx:beforeSend', ({ detail: { xhr, requestConfig: { elt } } }) => {
  xhr.addEventListener('readystatechange', () => {
    if (xhr.readyState !== XMLHttpRequest.DONE || elt.isConnected) return;
    for (const [name, value] of triggers(xhr.getResponseHeader('HX-Trigger') ?? '')) htmx.trigger(document.body, name, value);
  });
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

// As htmx reads that header: names, or an object whose values are details, or the values of details.
function triggers(header) {
  if (!header.startsWith('{')) return header.split(',').filter(Boolean).map(name => [name.trim(), {}]);
  return Object.entries(JSON.parse(header)).map(([name, value]) => [name, value instanceof Object ? value : { value }]);
}
