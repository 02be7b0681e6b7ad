// Reboots all units of a site by their own topics, and asks again those that do not answer.
// BUG=no-retry: a unit that missed its order stays as it is.
import { bug, connect, serve } from './back-end.mjs';

const units = Number(process.env.UNITS ?? 200);
const patience = 400; // milliseconds
const attempts = 20;
const serials = Array.from({ length: units }, (_, index) => `SN${String(index + 1).padStart(4, '0')}`);
const orders = new Map(); // serial → { id, attempts, done }
let lastId = 0;

const client = await connect('acme/+/uplink', (topic, payload) => {
  const order = orders.get(topic.split('/')[1]);
  const { id, ok } = JSON.parse(payload);
  if (order?.id === id && ok) {
    order.done = true;
  }
});

function ask(serial) {
  const order = orders.get(serial);
  if (order.done || order.attempts >= (bug('no-retry') ? 1 : attempts)) {
    return;
  }

  order.attempts++;
  client.publish(`acme/${serial}/downlink`, JSON.stringify({ op: 'reboot', id: order.id }), { qos: 1 });
  setTimeout(() => ask(serial), patience);
}

serve({
  'POST /reboot': () => {
    for (const serial of serials) {
      orders.set(serial, { id: ++lastId, attempts: 0, done: false });
      ask(serial);
    }

    return [202, { units }];
  },
  'GET /reboot': () => {
    const all = [...orders.entries()];
    return [200, { done: all.filter(([, order]) => order.done).length, open: all.filter(([, order]) => !order.done).map(([serial]) => serial) }];
  },
});
