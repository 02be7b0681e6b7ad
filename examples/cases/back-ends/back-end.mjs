// What the back ends share: a connection to the broker, an HTTP server, and the line that says that both are there.
import http from 'node:http';
import mqtt from 'mqtt';

const broker = process.env.BROKER ?? 'mqtt://127.0.0.1:1883';

/** A bug that is switched on: BUG=no-retry node reboot-manager.mjs. */
export const bug = (name) => process.env.BUG === name;

export async function connect(topics, onMessage) {
  const client = await mqtt.connectAsync(broker, { protocolVersion: 5 });
  client.on('message', (topic, payload, packet) => onMessage(topic, payload.toString(), packet));
  await client.subscribeAsync(topics, { qos: 1 });
  return client;
}

/** Answers in JSON; routes are functions by 'METHOD /path'. */
export function serve(routes) {
  const server = http.createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const route = routes[`${request.method} ${path}`];
    const [status, body] = route ? await route() : [404, { error: `there is no ${request.method} ${path}` }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => console.log(`ready on http://127.0.0.1:${server.address().port}`));
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(0));
}
