// The real servers that tests of storage talk to: where they come from, and how each is started.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const home = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'flowerpower-servers');
const moto = join(home, 'moto');

/** What requests are signed with; only versitygw looks. */
export const accessKey = 'flowerpower';
export const secretKey = 'flowerpower-secret';

const goTool = (module) => ({
  command: 'go',
  args: ['install', module],
  env: { GOBIN: home, GOFLAGS: '-trimpath' },
});

/** By name: the program, how it is installed, and its arguments for a port and an empty folder. */
const servers = {
  /** S3 on a folder; checks signatures and conditions. Apache-2.0. */
  versitygw: {
    program: join(home, 'versitygw'),
    install: [goTool('github.com/versity/versitygw/cmd/versitygw@v1.8.0')],
    args: (port, folder) => ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', folder],
    env: { ROOT_ACCESS_KEY: accessKey, ROOT_SECRET_KEY: secretKey },
  },
  /** S3 in memory: the second opinion. Apache-2.0. */
  moto: {
    program: join(moto, 'bin', 'moto_server'),
    install: [
      { command: 'python3', args: ['-m', 'venv', moto] },
      { command: join(moto, 'bin', 'pip'), args: ['install', '--quiet', 'moto[server]==5.2.5'] },
    ],
    args: (port) => ['--host', '127.0.0.1', '--port', String(port)],
    env: {},
  },
  /** Google Cloud Storage in memory. BSD-2-Clause. */
  'fake-gcs-server': {
    program: join(home, 'fake-gcs-server'),
    install: [goTool('github.com/fsouza/fake-gcs-server@v1.56.1')],
    args: (port) =>
      `-scheme http -host 127.0.0.1 -port ${port} -backend memory`
        .split(' ')
        .concat('-public-host', `127.0.0.1:${port}`),
    env: {},
  },
};

export const serverNames = Object.keys(servers);

export function isInstalled(name) {
  return existsSync(servers[name].program);
}

export function installServer(name) {
  if (isInstalled(name)) return;
  mkdirSync(home, { recursive: true });
  for (const { command, args, env } of servers[name].install) {
    const { status, error } = spawnSync(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    if (error) throw error;
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}.`);
  }
}

/** Starts a server on a free port of this machine with nothing in it, on a folder if it is one that keeps its data there. `stop` ends it and removes its files. */
export async function startServer(name) {
  const { program, args, env } = servers[name];
  const folder = mkdtempSync(join(tmpdir(), `flowerpower-${name}-`));
  const port = await freePort();
  const child = spawn(program, args(port, folder), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said = `${said}${text}`.slice(-4000);
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  while (!(await answers(port))) {
    if (child.exitCode !== null) {
      await stop();
      throw new Error(`${name} ended with ${child.exitCode}: ${said}`);
    }
    await delay(20);
  }
  return { endpoint: `http://127.0.0.1:${port}`, folder, stop };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => socket.destroy());
    socket.on('error', () => resolve(false));
    socket.on('close', (failed) => resolve(!failed));
  });
}
