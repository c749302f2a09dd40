import { createServer, type Socket } from 'node:net';
import { serving } from './serving.ts';

type Value = string | number | null;
/** What a call gives: sets of rows of texts, or an error of SQL Server. */
export type TdsReply = { sets: Value[][][] } | { error: { number: number; message: string } };
export type TdsCall = { name: string; values: Record<string, Value> };

export type ATdsServer = {
  connectionString: string;
  calls: TdsCall[];
  /** Begin, commit and rollback as they came. */
  transactions: string[];
  close(): Promise<void>;
};

const TABULAR = 4;

/**
 * Speaks as much of the wire protocol of SQL Server (TDS 7.4, unencrypted) as a driver needs to log in, hold a transaction and
 * call procedures with parameters. What the procedures do is the caller's: no T-SQL is run.
 */
export async function aTdsServer(
  answer: (call: TdsCall) => TdsReply,
  options: { password?: string; snapshot?: boolean } = {},
): Promise<ATdsServer> {
  const calls: TdsCall[] = [];
  const transactions: string[] = [];
  const sockets = new Set<Socket>();
  const handle = (type: number, body: Buffer): Buffer => {
    if (type === 0x12) return prelogin();
    if (type === 0x10)
      return passwordOf(body) === (options.password ?? 'secret')
        ? Buffer.concat([loginAck(), done(0xfd, 0)])
        : Buffer.concat([failure(18456, "Login failed for user 'plumbline'."), done(0xfd, 2)]);
    if (type === 0x01) {
      const sql = body.subarray(body.readUInt32LE(0)).toString('utf16le');
      return sql.includes('snapshot_isolation_state')
        ? Buffer.concat([rowSet([[options.snapshot === false ? '0' : '1']]), done(0xfd, 0x10, 1)])
        : done(0xfd, 0);
    }
    if (type === 0x0e) return transaction(body, transactions);
    const call = callOf(body);
    if (call.name === 'sp_executesql') {
      const asked = options.snapshot === false ? '0' : '1';
      return Buffer.concat([rowSet([[asked]]), done(0xff, 0x10, 1), done(0xfe, 0)]);
    }
    calls.push(call);
    const reply = answer(call);
    if ('error' in reply)
      return Buffer.concat([failure(reply.error.number, reply.error.message), done(0xfe, 2)]);
    const sets = reply.sets.map((rows) => Buffer.concat([rowSet(rows), done(0xff, 0x11, rows.length)]));
    return Buffer.concat([...sets, Buffer.from([0x79, 0, 0, 0, 0]), done(0xfe, 0)]);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let pending: Buffer = Buffer.alloc(0);
    let message: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 8 && pending.length >= pending.readUInt16BE(2)) {
        const packet = pending.subarray(0, pending.readUInt16BE(2));
        pending = pending.subarray(packet.length);
        message.push(packet.subarray(8));
        if (((packet[1] as number) & 1) === 0) continue;
        const body = Buffer.concat(message);
        message = [];
        sendAll(socket, handle(packet[0] as number, body));
      }
    });
  });
  const { port, close } = await serving(server);
  return {
    connectionString: `Server=127.0.0.1,${port};Database=shop;User Id=plumbline;Password=secret;Encrypt=false`,
    calls,
    transactions,
    async close() {
      for (const socket of sockets) socket.destroy();
      await close();
    },
  };
}

function sendAll(socket: Socket, body: Buffer): void {
  const most = 4_000;
  for (let from = 0; from === 0 || from < body.length; from += most) {
    const part = body.subarray(from, from + most);
    const head = Buffer.from([TABULAR, from + most >= body.length ? 1 : 0, 0, 0, 0, 0, 1, 0]);
    head.writeUInt16BE(part.length + 8, 2);
    socket.write(Buffer.concat([head, part]));
  }
}

/** Version, and that encryption is not to be had. */
function prelogin(): Buffer {
  return Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, 2]);
}

function passwordOf(body: Buffer): string {
  const at = body.readUInt16LE(44);
  const bytes = Buffer.from(body.subarray(at, at + 2 * body.readUInt16LE(46)));
  for (const [i, byte] of bytes.entries()) {
    const mixed = byte ^ 0xa5;
    bytes[i] = ((mixed & 0x0f) << 4) | (mixed >> 4);
  }
  return bytes.toString('utf16le');
}

function short(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'utf16le')]);
}

function long(text: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return Buffer.concat([length, Buffer.from(text, 'utf16le')]);
}

function token(kind: number, body: Buffer): Buffer {
  const head = Buffer.alloc(3);
  head[0] = kind;
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}

function loginAck(): Buffer {
  return token(
    0xad,
    Buffer.concat([Buffer.from([1, 0x74, 0, 0, 4]), short('Stand-in'), Buffer.from([16, 0, 0, 0])]),
  );
}

function failure(number: number, message: string): Buffer {
  const head = Buffer.alloc(6);
  head.writeInt32LE(number);
  head[4] = 1;
  head[5] = 13;
  return token(0xaa, Buffer.concat([head, long(message), short('stand-in'), short(''), Buffer.alloc(4)]));
}

function done(kind: number, status: number, rows = 0): Buffer {
  const body = Buffer.alloc(13);
  body[0] = kind;
  body.writeUInt16LE(status, 1);
  body.writeBigUInt64LE(BigInt(rows), 5);
  return body;
}

/** Every column is nvarchar(4000). */
function rowSet(rows: Value[][]): Buffer {
  const width = rows[0]?.length ?? 1;
  const count = Buffer.alloc(2);
  count.writeUInt16LE(width);
  const columns = Array.from({ length: width }, (_, i) =>
    Buffer.concat([Buffer.from([0, 0, 0, 0, 9, 0, 0xe7, 0x40, 0x1f, 9, 4, 0xd0, 0, 0x34]), short(`c${i}`)]),
  );
  const cells = rows.map((row) => {
    const texts = row.map((value) => {
      if (value === null) return Buffer.from([0xff, 0xff]);
      const bytes = Buffer.from(String(value), 'utf16le');
      const length = Buffer.alloc(2);
      length.writeUInt16LE(bytes.length);
      return Buffer.concat([length, bytes]);
    });
    return Buffer.concat([Buffer.from([0xd1]), ...texts]);
  });
  return Buffer.concat([Buffer.from([0x81]), count, ...columns, ...cells]);
}

function transaction(body: Buffer, transactions: string[]): Buffer {
  const at = body.readUInt32LE(0);
  const kind = body.readUInt16LE(at);
  const id = Buffer.from([7, 0, 0, 0, 0, 0, 0, 1]);
  if (kind === 5) {
    transactions.push(`begin ${body[at + 2]}`);
    return Buffer.concat([
      token(0xe3, Buffer.concat([Buffer.from([8, 8]), id, Buffer.from([0])])),
      done(0xfd, 0),
    ]);
  }
  transactions.push(kind === 7 ? 'commit' : 'rollback');
  const what = kind === 7 ? 9 : 10;
  return Buffer.concat([token(0xe3, Buffer.concat([Buffer.from([what, 0, 8]), id])), done(0xfd, 0)]);
}

/** A procedure's name and its parameters: nvarchar of any length, and whole numbers. */
function callOf(body: Buffer): TdsCall {
  let at = body.readUInt32LE(0);
  const length = body.readUInt16LE(at);
  at += 2;
  let name = 'sp_executesql';
  if (length === 0xffff) at += 2;
  else {
    name = body.toString('utf16le', at, at + 2 * length);
    at += 2 * length;
  }
  at += 2;
  const values: Record<string, Value> = {};
  while (name !== 'sp_executesql' && at < body.length) {
    const letters = body[at] as number;
    const parameter = body.toString('utf16le', at + 1, at + 1 + 2 * letters).replace(/^@/, '');
    at += 2 + 2 * letters;
    const type = body[at] as number;
    if (type === 0x26) {
      const bytes = body[at + 2] as number;
      values[parameter] =
        bytes === 0
          ? null
          : Number(bytes === 8 ? body.readBigInt64LE(at + 3) : body.readIntLE(at + 3, bytes));
      at += 3 + bytes;
      continue;
    }
    if (type !== 0xe7) throw new Error(`The stand-in knows no parameter of type ${type}.`);
    const isLong = body.readUInt16LE(at + 1) === 0xffff;
    at += 8;
    if (isLong) {
      const total = body.readBigUInt64LE(at);
      at += 8;
      if (total === 0xffffffffffffffffn) {
        values[parameter] = null;
        continue;
      }
      const parts: Buffer[] = [];
      for (let size = body.readUInt32LE(at); size > 0; size = body.readUInt32LE(at)) {
        parts.push(body.subarray(at + 4, at + 4 + size));
        at += 4 + size;
      }
      at += 4;
      values[parameter] = Buffer.concat(parts).toString('utf16le');
    } else {
      const size = body.readUInt16LE(at);
      at += 2;
      values[parameter] = size === 0xffff ? null : body.toString('utf16le', at, at + size);
      at += size === 0xffff ? 0 : size;
    }
  }
  return { name, values };
}
