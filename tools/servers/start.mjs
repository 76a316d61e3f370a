// npm run servers: installs the servers that tests of storage need, starts them, and says where they are.
import { accessKey, installServer, secretKey, serverNames, startServer } from './servers.mjs';

const running = [];
for (const name of serverNames) {
  installServer(name);
  running.push({ name, ...(await startServer(name)) });
}
for (const { name, endpoint } of running) console.log(`${name.padEnd(16)} ${endpoint}`);
console.log(
  `\nexport AWS_ACCESS_KEY_ID=${accessKey} AWS_SECRET_ACCESS_KEY=${secretKey} AWS_REGION=us-east-1`,
);
console.log('Ctrl-C ends them.');

async function stopAll() {
  await Promise.all(running.map(({ stop }) => stop()));
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stopAll());
