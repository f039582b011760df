import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { Certificate } from '../machine/certificates.ts';

/** What answers in place of a server, where a real one cannot be brought to it, or not soon. */
export interface Answering extends AsyncDisposable {
  port: number;
}

/** How it answers. */
export interface Manners {
  /** It takes connections and says nothing, as if a firewall had swallowed what was sent. */
  silent?: boolean;
  /** Without one it has no TLS, and says so. */
  certificate?: Certificate;
  /** The error that it ends a session with, by the parameters that the session is to start with. */
  refuse?: (parameters: Record<string, string>) => { code: string; message: string } | undefined;
  /** It asks for the password in clear, and is given what it gets. */
  takePassword?: (password: string) => void;
  /** The one value, as text, that a query is answered with. */
  answer?: (query: string, parameters: Record<string, string>) => string | Promise<string>;
}

/**
 * Starts something that speaks as much of PostgreSQL's protocol as psql needs to connect, without a password, and to ask.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export async function startAnsweringServer(manners: Manners): Promise<Answering> {
  const open = new Set<Socket>();
  const listener = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    if (!manners.silent) converse(socket, manners).catch(() => socket.destroy());
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}

async function converse(
  socket: Socket,
  { certificate, refuse, takePassword, answer }: Manners,
): Promise<void> {
  await once(socket, 'data'); // the question whether there is TLS
  socket.write(certificate ? 'S' : 'N');
  if (!certificate) return;
  const { certPem: cert, keyPem: key } = certificate;
  const secure = new TLSSocket(socket, { isServer: true, cert, key });
  secure.on('error', () => {});
  const read = reader(secure);

  const start = (await read((await read(4)).readInt32BE() - 4)).subarray(4).toString().split('\0');
  const parameters: Record<string, string> = {};
  for (let i = 0; i + 1 < start.length; i += 2) parameters[start[i] ?? ''] = start[i + 1] ?? '';
  const refusal = refuse?.(parameters);
  if (refusal) {
    const fields = ['SFATAL', 'VFATAL', `C${refusal.code}`, `M${refusal.message}`, ''];
    secure.end(message('E', text(...fields)));
    return;
  }
  if (takePassword) {
    secure.write(message('R', int32(3)));
    await read(1);
    takePassword((await read((await read(4)).readInt32BE() - 4)).subarray(0, -1).toString());
  }
  const ready = message('Z', Buffer.from('I'));
  const settings = { server_version: '15.0', client_encoding: 'UTF8', standard_conforming_strings: 'on' };
  secure.write(message('R', int32(0)));
  for (const setting of Object.entries(settings)) secure.write(message('S', text(...setting)));
  secure.write(ready);
  for (;;) {
    const type = (await read(1)).toString();
    const body = await read((await read(4)).readInt32BE() - 4);
    if (type !== 'Q') return void secure.end();
    const value = Buffer.from((await answer?.(body.subarray(0, -1).toString(), parameters)) ?? '');
    // One column, called "value", of the type text.
    const column = [text('value'), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)];
    secure.write(message('T', int16(1), ...column));
    secure.write(message('D', int16(1), int32(value.length), value));
    secure.write(message('C', text('SELECT 1')));
    secure.write(ready);
  }
}

/** Reads so many bytes at a time. Throws when there are no more. */
function reader(source: Duplex): (length: number) => Promise<Buffer> {
  const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
  let bytes = Buffer.alloc(0);
  return async (length) => {
    while (bytes.length < length) {
      const { done, value } = await chunks.next();
      if (done) throw new Error('The other end has gone');
      bytes = Buffer.concat([bytes, value]);
    }
    const taken = bytes.subarray(0, length);
    bytes = bytes.subarray(length);
    return taken;
  };
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

/** Strings, each with the NUL that ends it. */
function text(...strings: string[]): Buffer {
  return Buffer.from(strings.map((each) => `${each}\0`).join(''));
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
