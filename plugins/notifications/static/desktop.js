// What is new for this person is also shown outside of the page, if they allow it, and counted in the page's title.
import { toast } from '../../js/toast.js';
import { possible, subscribe, subscribed, worker } from './push.js';

const settled = document.title;
const button = document.getElementById('desktop'); // in the settings
let since = bell().dataset.at;

count();
if (button) offer();
else renew();
document.addEventListener('htmx:afterSettle', count);
document.body.addEventListener('live:notifications', show);

function bell() {
  return document.getElementById('bell');
}

function count() {
  const unread = bell().querySelector('.badge')?.textContent;
  document.title = unread ? `(${unread}) ${settled}` : settled;
}

// Every open tab asks, and shows the same: notes with one tag take each other's place. Those of the page itself and
// those of the worker would not, so where there is a worker it shows them all.
async function show() {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const answer = await fetch(`/notifications/desktop?since=${encodeURIComponent(since)}`);
  if (!answer.ok) return; // signed out meanwhile; the page itself will say so
  const { notes, until } = await answer.json();
  since = until;
  const shower = await worker();
  for (const note of notes) shower ? shower.postMessage(note) : showHere(note);
}

function showHere({ title, text, tag, url }) {
  const note = new Notification(title, { body: text, tag });
  note.onclick = () => { window.focus(); location.assign(url); note.close(); };
}

// Browsers ask for leave only when somebody presses a button. It also has them told while no page is open, where the
// server can do that.
async function offer() {
  if (!('Notification' in window) || Notification.permission === 'denied') return;
  const closed = 'push' in button.dataset && possible;
  if (Notification.permission === 'granted' && (!closed || await subscribed())) return;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const answer = await Notification.requestPermission();
    button.hidden = answer !== 'default';
    if (answer === 'granted' && closed) await subscribe().catch(failed);
  });
}

function failed() {
  toast(button.dataset.failed, { failed: true });
  button.hidden = false;
}

// Once in each tab: a sign-in may have ended, or another person begun one.
async function renew() {
  if (sessionStorage.pushRenewed) return;
  sessionStorage.pushRenewed = 'yes';
  await subscribed();
}
