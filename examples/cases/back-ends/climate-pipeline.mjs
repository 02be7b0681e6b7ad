// Keeps the last reading of every sensor, their mean, and says an alarm when one is too hot.
// BUG=stale: only the first reading of a sensor counts. BUG=text: readings are compared as texts, so that 9.5 is more than 30.
import { bug, connect, serve } from './back-end.mjs';

const tooHot = 30;
const readings = new Map();

const client = await connect('zigbee2mqtt/+', (topic, payload) => {
  const sensor = topic.split('/')[1];
  const { temperature } = JSON.parse(payload);
  if (bug('stale') && readings.has(sensor)) {
    return;
  }

  readings.set(sensor, temperature);
  const isHot = bug('text') ? String(temperature) > String(tooHot) : temperature > tooHot;
  if (isHot) {
    client.publish(`alarms/${sensor}`, JSON.stringify({ sensor, temperature }), { qos: 1 });
  }
});

serve({
  'GET /mean': () => {
    const values = [...readings.values()];
    return [200, { sensors: values.length, mean: values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length) }];
  },
  'GET /readings': () => [200, Object.fromEntries(readings)],
});
