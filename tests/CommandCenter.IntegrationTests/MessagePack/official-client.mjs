// Talks to OfficialClientHub with the official npm client, and reads tests/golden with the official decoder.
// Usage: node official-client.mjs <hub url> <web folder> <golden folder>. Prints one line a check; exits 1 at the first that fails.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const [url, web, golden] = process.argv.slice(2);
const fromWeb = createRequire(join(web, 'package.json'));
const signalr = fromWeb('@microsoft/signalr');
const { MessagePackHubProtocol } = fromWeb('@microsoft/signalr-protocol-msgpack');
// The decoder is the protocol package's own dependency.
const fromProtocol = createRequire(fromWeb.resolve('@microsoft/signalr-protocol-msgpack'));
const { decode, encode } = fromProtocol('@msgpack/msgpack');

const within = (promise, what, ms = 10_000) =>
  Promise.race([promise, pause(ms, undefined, { ref: false }).then(() => assert.fail(`${what}: no answer within ${ms} ms`))]);

const connect = async (configure = (builder) => builder) => {
  const hub = configure(
    new signalr.HubConnectionBuilder()
      .withUrl(url)
      .withHubProtocol(new MessagePackHubProtocol())
      .configureLogging(signalr.LogLevel.None),
  ).build();
  await within(hub.start(), 'start');
  return hub;
};

/** All items of a stream, or the first `count` of them; then it is cancelled. */
const collect = (stream, count = Number.POSITIVE_INFINITY) =>
  new Promise((resolve, reject) => {
    const items = [];
    const subscription = stream.subscribe({
      next: (item) => {
        items.push(item);
        if (items.length === count) {
          subscription.dispose();
          resolve(items);
        }
      },
      complete: () => resolve(items),
      error: reject,
    });
  });

const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (array) => Buffer.from(array).toString('hex');
/** Golden values say bytes as {"bin": hex}. */
const parseGolden = (text) => JSON.parse(text, (_, value) => (value && Object.keys(value).join() === 'bin' ? bytes(value.bin) : value));
const goldenCases = (name) => parseGolden(readFileSync(join(golden, `${name}.json`), 'utf8')).cases;

const checks = {
  async 'reads what the hub returns'(hub) {
    assert.equal(await hub.invoke('Add', 40, 2), 42);
    assert.equal(await hub.invoke('Add', -2_000_000_000, 1), -1_999_999_999);
    assert.equal(await hub.invoke('Half', 5), 2.5);
    assert.equal(await hub.invoke('Half', 6), 3, 'JavaScript sends 6.0 as the integer 6');
    assert.equal(await hub.invoke('Greet', '迎泽区'), '你好 迎泽区');
    assert.equal(await hub.invoke('Greet', null), null);
    assert.equal(await hub.invoke('Nothing'), null);
  },
  async 'sends and receives bytes'(hub) {
    for (const length of [0, 1, 255, 256, 70_000]) {
      const sent = Uint8Array.from({ length }, (_, i) => i);
      const received = await hub.invoke('Reverse', sent);
      assert.ok(received instanceof Uint8Array);
      assert.equal(hex(received), hex(sent.reverse()));
    }
  },
  async 'sends and receives contracts'(hub) {
    const frame = await hub.invoke('FrameOf', { area: '140106', tick: 4_294_967_297, bounds: [112.5, 38, 113, 38.5], unknown: { more: [1] } });
    assert.deepEqual(frame, {
      epoch: '140106', tick: 4_294_967_297, time: 1_795_329_000_000, full: true, count: 0, records: new Uint8Array(), names: [
        { slot: 1, worker: 'w-1', name: '王芳', role: 'gridWorker', area: null },
      ], counts: null, crowded: false,
    });
    const moments = await hub.invoke('TomorrowOf', new Date('2026-11-22T06:30:00.125Z'));
    assert.equal(moments.toISOString(), '2026-11-23T06:30:00.125Z');
  },
  async 'streams from the hub'(hub) {
    assert.deepEqual(await within(collect(hub.stream('Count', 5)), 'stream'), [0, 1, 2, 3, 4]);
    const frames = await within(collect(hub.stream('Watch', { area: '140106' }), 3), 'frames');
    assert.deepEqual(frames.map((frame) => frame.records.length), [16, 32, 48]);
  },
  async 'stops a stream at the hub when it is cancelled'(hub) {
    const before = await hub.invoke('CancelledStreams');
    await within(collect(hub.stream('Watch', { area: '140106' }), 1), 'frames');
    for (let tries = 0; (await hub.invoke('CancelledStreams')) === before; tries++) {
      assert.ok(tries < 100, 'the hub never saw the cancellation');
      await pause(50);
    }
  },
  async 'streams to the hub'(hub) {
    const numbers = new signalr.Subject();
    const sum = hub.invoke('Sum', numbers);
    for (const number of [1, 2, 300]) {
      numbers.next(number);
    }
    numbers.complete();
    assert.equal(await within(sum, 'sum'), 303);
  },
  async 'is told of errors and goes on'(hub) {
    await assert.rejects(hub.invoke('Refuse'), /Outside your area\./);
    await assert.rejects(hub.invoke('Crash'), (error) => !error.message.includes('secret'));
    await assert.rejects(hub.invoke('NoSuchMethod'));
    await assert.rejects(collect(hub.stream('RefuseLater')), /Outside your area\./);
    assert.equal(await hub.invoke('Add', 1, 1), 2);
  },
  async 'keeps its connection when arguments do not bind'(hub) {
    await assert.rejects(hub.invoke('Add', 'one', 2));
    await assert.rejects(hub.invoke('Add', 1));
    await assert.rejects(hub.invoke('FrameOf', { area: 7 }));
    await assert.rejects(hub.invoke('Reverse', 'text'));
    assert.equal(await hub.invoke('Add', 1, 1), 2);
  },
  async 'is called by the hub and answers it'(hub) {
    const called = new Promise((resolve) => hub.on('Told', (...args) => resolve(args)));
    await hub.send('TellMe', 7);
    assert.deepEqual(await within(called, 'call'), [7, null, 'told', new Uint8Array([1, 2])]);
    hub.on('Ask', (question) => `${question}!`);
    assert.equal(await hub.invoke('AskMe', 'who'), 'who!');
  },
  async 'is told why the hub closes'() {
    const hub = await connect();
    const closed = new Promise((resolve) => hub.onclose(resolve));
    await hub.send('CloseMe').catch(() => {});
    await within(closed, 'close');
    assert.equal(hub.state, signalr.HubConnectionState.Disconnected);
  },
  async 'reconnects by itself'() {
    const hub = await connect((builder) => builder.withAutomaticReconnect([0, 100, 500]));
    const again = new Promise((resolve) => hub.onreconnected(resolve));
    hub.connection.transport._webSocket.terminate();
    await within(again, 'reconnect');
    assert.equal(await hub.invoke('Add', 1, 1), 2);
    await hub.stop();
  },
  async 'takes up a stream again after a break (stateful reconnect: ack and sequence)'() {
    const hub = await connect((builder) => builder.withAutomaticReconnect().withStatefulReconnect());
    const before = hub.connectionId;
    const counted = collect(hub.stream('CountSlowly', 20));
    await pause(150);
    hub.connection.transport._webSocket.terminate();
    assert.deepEqual(await within(counted, 'stream'), [...Array(20).keys()]);
    assert.equal(hub.connectionId, before, 'the same connection goes on');
    await hub.stop();
  },
  async 'reads every golden file'() {
    const files = readdirSync(golden).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
    const messagePack = ['wall-frame', 'wall-name', 'watch-request', 'position-batch', 'position-batch-result'];
    for (const name of messagePack) {
      assert.ok(files.includes(name), `${name}.json is missing`);
      for (const { name: what, hex: written, value } of goldenCases(name)) {
        assert.deepEqual(decode(bytes(written)), value, `${name}: ${what}`);
        if (!written.includes('cb')) {
          // Without doubles (JavaScript writes whole ones as integers) both sides write the same bytes.
          assert.equal(hex(encode(value)), written, `${name}: ${what}`);
        }
      }
    }
  },
  async 'reads and writes the golden hub messages'() {
    const protocol = new MessagePackHubProtocol();
    const fields = { 1: ['invocationId', 'target', 'arguments'], 2: ['invocationId', 'item'], 3: ['invocationId'], 7: ['error', 'allowReconnect'], 8: ['sequenceId'], 9: ['sequenceId'] };
    for (const { name, hex: frame, value } of goldenCases('hub-messages')) {
      const [type] = value;
      const body = type <= 5 ? [value[0], ...value.slice(2)] : value;
      if (type !== 4 && type !== 5) {
        // The client never receives invocations of streams, nor cancellations.
        const [message] = protocol.parseMessages(bytes(frame).buffer, signalr.NullLogger.instance);
        assert.equal(message.type, type, name);
        (fields[type] ?? []).forEach((field, i) => assert.deepEqual(message[field] ?? null, body[i + 1], `${name}: ${field}`));
      }
      if (type === 1 || type === 4) {
        const [, headers, invocationId, target, args, streamIds] = value;
        assert.equal(hex(new Uint8Array(protocol.writeMessage({ type, headers, invocationId, target, arguments: args, streamIds }))), frame, name);
      }
    }
  },
};

const shared = await connect();
for (const [name, check] of Object.entries(checks)) {
  await within(check(shared), name, 30_000);
  console.log(`ok ${name}`);
}
await shared.stop();
console.log(`${Object.keys(checks).length} checks passed`);
