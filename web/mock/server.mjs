/**
 * Stands in for the server while the page is developed: `node mock/server.mjs [--port 20480] [--workers 3605]
 * [--crowded 0] [--root ../src/CommandCenter/wwwroot] [--basemap FILE.pmtiles]`. Speaks the real hub protocol, remembers nothing, checks nothing but one password.
 * GET /mock/press raises an alarm (alarms.mjs); GET /mock/break?seconds=5 drops every connection and refuses new ones; GET /mock/silence?seconds=5 keeps them but sends nothing.
 */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { parseArgs } from "node:util";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import { decode } from "@msgpack/msgpack";
import { WebSocketServer } from "ws";
import { makeAlarms } from "./alarms.mjs";
import { makeAreas, makeWorkers, step } from "./city.mjs";
import { counts, records } from "./frames.mjs";
import { areaTiles } from "./tiles.mjs";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "20480" },
    workers: { type: "string", default: "3605" },
    crowded: { type: "string", default: "0" },
    basemap: { type: "string", default: "" },
    root: { type: "string", default: new URL("../../src/CommandCenter/wwwroot", import.meta.url).pathname },
  },
});

const areas = makeAreas();
const tile = areaTiles(areas);
const workers = makeWorkers(Number(options.workers), areas);
const most = Number(options.crowded) || Number.POSITIVE_INFINITY;
const epoch = randomUUID();
const sessions = new Set();
const walls = new Set();
const protocol = new MessagePackHubProtocol();
const alarms = makeAlarms(workers, (news) => {
  for (const wall of walls) tellAlarms(wall, news);
});
let tick = 1;
let brokenUntil = 0;
let silentUntil = 0;

const session = {
  user: "wall",
  role: "wall",
  area: "140106",
  areaName: "迎泽区",
  csrf: "c",
  demo: true,
  expiresAt: "2099-01-01T00:00:00Z",
  kiosk: null,
};
const info = (w) => ({
  id: w.id,
  code: w.code,
  name: w.name,
  role: w.role,
  area: w.area,
  phone: "138 0000 0000",
  onDuty: true,
});
const basemaps = options.basemap
  ? [
      {
        id: "demo",
        name: "演示底图",
        nameEn: "Demo basemap",
        kind: "pmtiles",
        url: "/basemaps/demo.pmtiles",
        datum: "wgs84",
        attribution: null,
        minZoom: 8,
        maxZoom: 15,
        generated: true,
        style: "vector",
      },
    ]
  : [];
/** The last three hours, with twenty minutes of silence in them. */
function track(w) {
  const now = Date.now();
  const at = [];
  for (let back = 180; back >= 0; back--) if (back < 60 || back > 80) at.push(now - back * 60_000);
  const along = (back) => w.sense * 60_000 * (back / 60_000) * 7 * Math.sin(back / 1.2e6);
  const iso = (ms) => new Date(ms).toISOString();
  return {
    worker: w.code,
    from: iso(now - 86_400_000),
    to: iso(now),
    storedUntil: iso(now),
    fixes: at.length,
    thinned: false,
    distanceMeters: 4321,
    at,
    longitudeE7: at.map((ms) => Math.round((w.lon + (w.vertical ? 0 : along(now - ms) / 1e7)) * 1e7)),
    latitudeE7: at.map((ms) => Math.round((w.lat + (w.vertical ? along(now - ms) / 1e7 : 0)) * 1e7)),
    gaps: [{ from: iso(now - 81 * 60_000), to: iso(now - 59 * 60_000) }],
    latest: {
      at: iso(now - 2000),
      heardAt: iso(now - 1500),
      longitude: w.lon,
      latitude: w.lat,
      accuracyMeters: 8,
      speedMps: 1.2,
      headingDegrees: null,
      batteryPercent: 64,
      charging: false,
      area: w.area,
      flags: [],
    },
  };
}
const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** As strict as the server's, so that what the page may not do fails here already. */
const policy =
  "default-src 'self'; script-src 'self'; worker-src 'self' blob:; child-src 'self' blob:; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; object-src 'none'; base-uri 'self'";

const server = createServer(async (request, response) => {
  response.setHeader("Content-Security-Policy", policy);
  const url = new URL(request.url, "http://mock");
  const send = (status, body, headers = {}) => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(body === undefined ? "" : JSON.stringify(body));
  };
  const cookie = /mock=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];
  if (url.pathname === "/mock/break") {
    brokenUntil = Date.now() + Number(url.searchParams.get("seconds") ?? 5) * 1000;
    for (const wall of walls) wall.socket.terminate();
    return send(200, {});
  }
  if (url.pathname === "/mock/silence") {
    silentUntil = Date.now() + Number(url.searchParams.get("seconds") ?? 5) * 1000;
    return send(200, {});
  }
  if (Date.now() < brokenUntil) return request.socket.destroy();
  if (url.pathname === "/api/setup") return send(403, { detail: "the token is not valid", reason: "setup-token" });
  if (url.pathname === "/api/session") {
    if (request.method === "POST") {
      let text = "";
      for await (const chunk of request) text += chunk;
      const { password } = JSON.parse(text);
      if (password === "wait") return send(429, { detail: "too many" }, { "Retry-After": "7" });
      if (password !== "demo") return send(401, { detail: "wrong" });
      const id = randomUUID();
      sessions.add(id);
      return send(200, { ...session, token: id }, { "Set-Cookie": `mock=${id}; Path=/; HttpOnly; SameSite=Lax` });
    }
    if (!sessions.has(cookie)) return send(401, { detail: "signed out" });
    if (request.method === "DELETE") sessions.delete(cookie);
    return request.method === "DELETE" ? send(204) : send(200, session);
  }
  if (url.pathname.startsWith("/api/") || url.pathname.startsWith("/hubs/")) {
    if (!sessions.has(cookie)) return send(401, { detail: "signed out" });
  }
  if (/^\/(api\/alarms|mock\/press)/.test(url.pathname)) {
    let text = "";
    for await (const chunk of request) text += chunk;
    const answer = alarms.answer(request.method, url, text ? JSON.parse(text) : null);
    return answer ? send(...answer) : send(404, { detail: "no such path" });
  }
  if (url.pathname === "/api/areas") {
    const limit = Number(url.searchParams.get("limit") ?? 100);
    const from = Number(url.searchParams.get("cursor") ?? 0);
    return send(200, {
      items: areas.slice(from, from + limit),
      next: from + limit < areas.length ? String(from + limit) : null,
    });
  }
  const asked = /^\/api\/areas\/tiles\/(\d+)\/(\d+)\/(\d+)$/.exec(url.pathname);
  if (asked) {
    const body = tile(...asked.slice(1).map(Number));
    response.writeHead(body ? 200 : 204, { "Content-Type": "application/vnd.mapbox-vector-tile" });
    return response.end(body ?? "");
  }
  if (url.pathname === "/api/basemaps") return send(200, basemaps);
  if (url.pathname === "/basemaps/demo.pmtiles" && options.basemap) {
    const file = await readFile(options.basemap);
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [0, 0, file.length - 1];
    const part = file.subarray(Number(from), Number(to) + 1);
    response.writeHead(206, {
      "Content-Range": `bytes ${from}-${Number(from) + part.length - 1}/${file.length}`,
      ETag: '"1"',
    });
    return response.end(part);
  }
  if (url.pathname === "/api/kiosks/self") return send(403, { detail: "not a kiosk" });
  const person = /^\/api\/workers\/([^/]+)\/(track|follow)$/.exec(url.pathname);
  if (person) {
    const worker = workers.find((w) => w.code === decodeURIComponent(person[1]));
    if (!worker) return send(404, { detail: "unknown worker" });
    return person[2] === "follow" ? send(204) : send(200, track(worker));
  }
  if (url.pathname === "/api/workers") {
    const text = (url.searchParams.get("search") ?? "").toLowerCase();
    const hits = workers.filter((w) => w.name.includes(text) || w.code.toLowerCase().includes(text));
    return send(200, { items: hits.slice(0, Number(url.searchParams.get("limit") ?? 50)).map(info), next: null });
  }
  if (url.pathname.startsWith("/api/workers/")) {
    const worker = workers.find((w) => w.code === decodeURIComponent(url.pathname.slice(13)));
    return worker ? send(200, info(worker)) : send(404, { detail: "unknown worker" });
  }
  if (url.pathname === "/hubs/wall/negotiate") {
    const id = randomUUID();
    const transports = [{ transport: "WebSockets", transferFormats: ["Text", "Binary"] }];
    return send(200, { connectionId: id, connectionToken: id, negotiateVersion: 1, availableTransports: transports });
  }
  const path = extname(url.pathname) ? normalize(url.pathname) : "/index.html";
  try {
    const body = await readFile(join(options.root, path));
    response.writeHead(200, { "Content-Type": types[extname(path)] ?? "application/octet-stream" });
    response.end(body);
  } catch {
    send(404, { detail: "no such file" });
  }
});

const inside = (b) => (w) => !b || (w.lon >= b[0] && w.lat >= b[1] && w.lon <= b[2] && w.lat <= b[3]);

new WebSocketServer({ server, path: "/hubs/wall" }).on("connection", (socket) => {
  const wall = { socket, named: new Set(), unshown: 0, watch: null, alarms: null, due: new Set() };
  walls.add(wall);
  socket.on("close", () => walls.delete(wall));
  socket.once("message", () => {
    socket.send(Buffer.from("{}\u001e"));
    socket.on("message", (data) => {
      for (const [type, , invocationId, target, parameters] of messagesIn(data)) {
        if (type === 4 && target === "Alarms") {
          wall.alarms = invocationId;
          tellAlarms(wall, alarms.full());
        } else if (type === 4) {
          wall.watch = { id: invocationId, bounds: parameters[0].bounds, full: true };
          wall.unshown = 0;
        } else if (type === 1 && target === "Shown") wall.unshown = Math.max(0, wall.unshown - 1);
      }
    });
  });
});

/** The client's protocol reads only what servers send, so what clients send is taken apart here: length as varint, then one array. */
function* messagesIn(data) {
  for (let at = 0; at < data.length; ) {
    let length = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      more = (data[at] & 0x80) !== 0;
      length |= (data[at++] & 0x7f) << shift;
    }
    yield decode(data.subarray(at, at + length));
    at += length;
  }
}

function tellAlarms(wall, item) {
  if (wall.alarms === null) return;
  wall.socket.send(Buffer.from(protocol.writeMessage({ type: 2, invocationId: wall.alarms, item })));
}

function push(wall, headCounts, changed) {
  if (!wall.watch) return;
  for (const worker of changed) wall.due.add(worker);
  if (wall.unshown >= 2) return;
  const view = workers.filter(inside(wall.watch.bounds));
  const crowded = view.length > most;
  const sent = crowded ? [] : wall.watch.full ? view : [...wall.due].filter(inside(wall.watch.bounds));
  const fresh = sent.filter((worker) => !wall.named.has(worker.id));
  for (const worker of fresh) wall.named.add(worker.id);
  const item = {
    epoch,
    tick,
    time: Date.now(),
    full: wall.watch.full,
    count: sent.length,
    records: records(sent),
    names: fresh.map((w) => ({ slot: w.id, worker: w.code, name: w.name, role: w.role, area: w.area })),
    counts: headCounts,
    crowded,
  };
  wall.watch.full = crowded;
  wall.due.clear();
  wall.unshown++;
  wall.socket.send(Buffer.from(protocol.writeMessage({ type: 2, invocationId: wall.watch.id, item })));
}

setInterval(() => {
  tick++;
  const changed = step(workers);
  if (Date.now() < silentUntil) return;
  const headCounts = counts(workers, areas);
  for (const wall of walls) push(wall, headCounts, changed);
}, 1000);

setInterval(() => {
  for (const wall of walls) tellAlarms(wall, alarms.heartbeat());
}, 10_000);

server.listen(Number(options.port), "127.0.0.1");
