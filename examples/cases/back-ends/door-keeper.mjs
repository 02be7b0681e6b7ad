// Locks the door when nobody has moved for three seconds.
// BUG=eager: it locks as soon as the motion ends. BUG=deaf: motion that begins again does not keep the door open.
import { bug, connect, serve } from './back-end.mjs';

const grace = 3000; // milliseconds
let timer;

const client = await connect('home/hall/motion', (topic, payload) => {
  const { moving } = JSON.parse(payload);
  if (moving) {
    if (!bug('deaf')) {
      clearTimeout(timer);
    }
  } else {
    clearTimeout(timer);
    timer = setTimeout(() => client.publish('home/door/order', JSON.stringify({ op: 'lock' }), { qos: 1 }), bug('eager') ? 0 : grace);
  }
});

serve({ 'GET /health': () => [200, { ok: true }] });
