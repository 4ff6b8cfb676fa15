// Shows what is new, also while no page is open. It handles no requests of the pages: those go their own way.
addEventListener('install', () => skipWaiting());
addEventListener('push', event => event.waitUntil(inTurn(event.data.json())));
addEventListener('message', event => event.waitUntil(inTurn(event.data)));
addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data.url, location.origin)));
});

// One after another: Chromium may forget one that is being shown while it is asked which are.
let turn = Promise.resolve();

function inTurn(note) {
  const next = () => show(note);
  turn = turn.then(next, next);
  return turn;
}

// An open page has the same shown here, under the same tag: the later takes the place of the earlier. What was said
// before of the same thing goes.
async function show({ id, tag, title, text, url }) {
  for (const older of await registration.getNotifications()) {
    if (older.data?.id === id && older.tag !== tag) older.close();
  }
  await registration.showNotification(title, { body: text, tag, data: { id, url } });
}

async function open(url) {
  const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = pages.find(page => new URL(page.url).pathname === url.pathname);
  return there ? there.focus() : clients.openWindow(url);
}
