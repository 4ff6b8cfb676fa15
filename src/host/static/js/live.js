// What changed elsewhere reaches this page as an event: `live:board-3`, `live:card-12`, `live:notifications` on the body
// (for hx-trigger="live:board-3 from:body"), and `fallow:live` with {topic} on the document. The page asks again itself.
//
// All tabs of a browser share one stream: the tab that holds the lock keeps it and passes every topic on.
const { person, since } = document.getElementById('live').dataset;
const EVERYTHING = 'everything';
const ASK_EVERY = 30_000; // ms, while there is no stream
const GATHER = 100; // ms: what comes in a burst is told once

const channel = new BroadcastChannel(`fallow-live-${person}`);
let position = since;
let told = new Set();

channel.onmessage = ({ data }) => take(data);
if (navigator.locks) navigator.locks.request(`fallow-live-${person}`, lead);
else setInterval(askWhenSeen, ASK_EVERY); // plain http from another machine: browsers keep locks from such pages

// Held until this tab closes; the next one then goes on from the last position that it heard of.
function lead() {
  return new Promise(() => open());
}

function open() {
  const stream = new EventSource(`/live?since=${encodeURIComponent(position)}`);
  let asking;
  stream.onmessage = ({ data, lastEventId }) => share({ topic: data, position: lastEventId });
  stream.onopen = () => { asking = clearInterval(asking); };
  stream.onerror = () => {
    asking ??= setInterval(() => {
      share({ topic: EVERYTHING, position });
      if (stream.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      clearInterval(asking);
      open();
    }, ASK_EVERY);
  };
}

function share(message) {
  channel.postMessage(message);
  take(message);
}

function take(message) {
  position = message.position;
  if (!told.size) setTimeout(tell, GATHER);
  told.add(message.topic);
}

function askWhenSeen() {
  if (document.visibilityState === 'visible') take({ topic: EVERYTHING, position });
}

function tell() {
  const topics = told;
  told = new Set();
  for (const topic of topics) document.dispatchEvent(new CustomEvent('fallow:live', { detail: { topic } }));
  const names = topics.has(EVERYTHING) ? awaited() : [...topics].map(topic => topic.replace(' ', '-'));
  for (const name of names) document.body.dispatchEvent(new CustomEvent(`live:${name}`));
}

// The name of every event that some element of this page waits for.
function awaited() {
  const triggers = [...document.querySelectorAll('[hx-trigger*="live:"]')].map(each => each.getAttribute('hx-trigger'));
  return new Set(triggers.flatMap(trigger => [...trigger.matchAll(/live:([\w.-]+)/g)].map(found => found[1])));
}
