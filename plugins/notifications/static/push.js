// This browser's subscription: by it, it is told while no page is open.
const WORKER = '/notifications/push/worker.js';
const token = document.querySelector('meta[name=csrf-token]')?.content;

export const possible = 'serviceWorker' in navigator && 'PushManager' in window;

// The worker, if this browser has it and it runs.
export async function worker() {
  const registration = possible ? await navigator.serviceWorker.getRegistration('/') : null;
  return registration?.active ?? null;
}

// Rejects where the browser's maker offers nothing, or cannot be reached.
export async function subscribe() {
  const { key } = await (await post('/key')).json();
  await navigator.serviceWorker.register(WORKER, { scope: '/' });
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe(); // it may be for a key of old
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  await post('', { endpoint, ...keys });
}

// Whether this browser is subscribed for whoever is signed in. If it is for another, or was removed, it stops.
export async function subscribed() {
  const registration = possible ? await navigator.serviceWorker.getRegistration('/') : null;
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) return false;
  const answer = await send('/renewal', { endpoint: subscription.endpoint });
  if (answer.status === 404) await subscription.unsubscribe();
  return answer.ok;
}

async function post(path, fields = {}) {
  const answer = await send(path, fields);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer;
}

function send(path, fields) {
  const headers = { 'X-CSRFToken': token };
  return fetch(`/notifications/push${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) });
}
