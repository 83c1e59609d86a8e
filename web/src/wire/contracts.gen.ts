// Generated from the C# contracts by tests/CommandCenter.Tests/Contracts: do not edit.
// Numbers that C# calls long stay below 2^53. Times are ISO 8601 strings unless the comment says ms.

/** What a signed-in person may do; the names are part of the interface and are stored. */
export type AccountRole = 'wall' | 'dispatcher' | 'supervisor' | 'administrator';

/** Levels of the area tree; the lower-case name is the wire form. Values are stored. */
export type AreaKind = 'district' | 'subdistrict' | 'community' | 'grid' | 'microgrid';

/** Grids alone: ordinary (街面/社区网格) or exclusive (专属网格: a school, a market, a factory). Values are stored. */
export type GridType = 'ordinary' | 'exclusive';

/** What is wrong with a row; docs/import.md has a paragraph for each. */
export type ImportFault = 'missing' | 'invalid' | 'duplicate' | 'codeTaken' | 'unknownArea' | 'unknownWorker' | 'workerLeft' | 'samePhone' | 'brokenRow' | 'notAFeature' | 'unknownParent' | 'cycle' | 'kindNotBelowParent' | 'ownArea' | 'unreadableGeometry' | 'emptyGeometry' | 'noGeometry' | 'selfIntersection' | 'notDegrees' | 'latitudeFirst' | 'outsideParent' | 'overlap' | 'gap';

/** What a file holds. */
export type ImportKind = 'areas' | 'roster' | 'devices';

/** Errors keep the whole file from being applied; warnings are for a person to judge. */
export type ImportSeverity = 'error' | 'warning';

/** Why a fix is set aside. */
export type SetAsideReason = 'mock' | 'inaccurate' | 'duplicate' | 'jump' | 'drift';

/** How a worker is reached right now. Values are on the wire (low three bits of a record's state byte). */
export const Presence = {
  /** Left this wall's view: forget the slot. */
  gone: 0,
  offDuty: 1,
  lost: 2,
  stale: 3,
  /** Online and still. */
  still: 4,
  moving: 5,
} as const;
export type Presence = (typeof Presence)[keyof typeof Presence];

/** Upper bits of a record's state byte. */
export const RecordFlags = {
  none: 0,
  headingKnown: 8,
  mock: 16,
  inaccurate: 32,
  /** Home outside the viewer's area. */
  stranger: 64,
  /** On the roster but never located: longitude and latitude mean nothing. */
  noPosition: 128,
} as const;
export type RecordFlags = (typeof RecordFlags)[keyof typeof RecordFlags];

/** What a worker is; values are stored and appear in wall frames. */
export type WorkerRole = 'gridLeader' | 'gridWorker' | 'auxiliary' | 'reserve';

/** Why a position report was not kept. */
export type RefusalReason =
  | 'malformed'
  | 'no-coordinates'
  | 'out-of-range'
  | 'null-island'
  | 'from-the-future'
  | 'too-old'
  | 'off-duty'
  | 'unknown-device'
  | 'revoked-device'
  | 'rate-limited';

/** Head counts of one area: 24 bytes, little-endian, six u32: area id, on duty, online and moving, online and still, stale, lost. */
export const AREA_COUNT_RECORD = {
  size: 24,
  areaId: 0,
  onDuty: 4,
  moving: 8,
  still: 12,
  stale: 16,
  lost: 20,
} as const;

/**
 * One worker in a wall frame: 16 bytes, little-endian.
 *
 * 0  u32 slot        the worker's number
 * 4  i32 longitude   1e-7 degrees WGS-84
 * 8  i32 latitude    1e-7 degrees WGS-84
 * 12 u8  heading     256ths of a turn clockwise from north; meaningless unless state has HeadingKnown
 * 13 u8  speed       steps of 0.25 m/s, 255 = 63.75 m/s or more
 * 14 u8  state       bits 0–2 Presence, bits 3–7 RecordFlags
 * 15 u8  age         of the fix, before the frame's time: see `WallRecord.EncodeAge`
 */
export const WALL_RECORD = {
  size: 16,
  slot: 0,
  longitudeE7: 4,
  latitudeE7: 8,
  heading: 12,
  speed: 13,
  state: 14,
  age: 15,
} as const;

/** A wall record's age byte in seconds, rounded down to its unit; null: never located, or longer ago than can be said. */
export const WALL_AGE_SECONDS: readonly (number | null)[] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
  16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
  32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
  48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
  64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79,
  80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95,
  96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111,
  112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127,
  120, 180, 240, 300, 360, 420, 480, 540, 600, 660, 720, 780, 840, 900, 960, 1020,
  1080, 1140, 1200, 1260, 1320, 1380, 1440, 1500, 1560, 1620, 1680, 1740, 1800, 1860, 1920, 1980,
  2040, 2100, 2160, 2220, 2280, 2340, 2400, 2460, 2520, 2580, 2640, 2700, 2760, 2820, 2880, 2940,
  3000, 3060, 3120, 3180, 3240, 3300, 3360, 3420, 3480, 3540, 3600, 3660, 3600, 7200, 10800, 14400,
  18000, 21600, 25200, 28800, 32400, 36000, 39600, 43200, 46800, 50400, 54000, 57600, 61200, 64800, 68400, 72000,
  75600, 79200, 82800, 86400, 90000, 93600, 97200, 100800, 104400, 108000, 111600, 115200, 118800, 122400, 126000, 129600,
  133200, 136800, 140400, 144000, 147600, 151200, 154800, 158400, 162000, 165600, 169200, 172800, 176400, 180000, 183600, 187200,
  190800, 194400, 198000, 201600, 205200, 208800, 212400, 216000, 219600, 223200, 226800, 230400, 234000, 237600, 241200, null,
];

/** Body of `PUT /api/accounts/{id}`; what is missing stays. A change ends the account's sessions. */
export interface AccountChange {
  role?: AccountRole | null;
  area?: string | null;
}

/** An account without its secrets. `lastSignInAt` is as the audit trail has it. */
export interface AccountInfo {
  id: number;
  user: string;
  role: AccountRole;
  area: string;
  createdAt: string;
  disabledAt: string | null;
  lastSignInAt: string | null;
}

/**
 * One act on the audit trail. `role` is what the viewer was then, null in rows older than that was kept.
 * `worker` and `area` are codes: whom it was about and where.
 * `action` is a word such as open-card, follow, open-track, watch-area, enrol-device.
 */
export interface AuditEntry {
  id: number;
  at: string;
  user: string;
  role: AccountRole | null;
  action: string;
  worker: string | null;
  area: string | null;
  reason: string | null;
  detail: string | null;
}

/** Body of `PUT /api/kiosks/{id}`: replaces all of it; the display stays paired. */
export interface KioskChange {
  name?: string | null;
  area?: string | null;
  views?: KioskView[] | null;
  language?: 'zh-CN' | 'en' | null;
  style?: 'night' | 'day' | 'auto' | null;
  reloadAt?: string | null;
}

/** A paired display. `lastSeenAt` is right to a minute. */
export interface KioskInfo {
  id: number;
  name: string;
  area: string;
  language: 'zh-CN' | 'en';
  style: 'night' | 'day' | 'auto';
  views: KioskView[];
  reloadAt: string | null;
  createdAt: string;
  lastSeenAt: string | null;
  revokedAt: string | null;
}

/**
 * Answer of `POST /api/kiosks/pairings`: the display shows `code`, an administrator enters it, and the display fetches
 * its session with `secret`, which it shows nobody and puts into no URL. Both end at `expiresAt`.
 */
export interface KioskPairing {
  id: string;
  code: string;
  secret: string;
  expiresAt: string;
}

/** Body of `POST /api/kiosks/pairings/{id}/session`. */
export interface KioskSessionRequest {
  secret?: string | null;
}

/** One view of a kiosk's round: the area shown, by code, for `seconds` (5 to 3,600). */
export interface KioskView {
  area: string;
  seconds: number;
}

/** Body of `POST /api/accounts`. `role` is wall, dispatcher, supervisor or administrator; `area` a code. */
export interface NewAccount {
  user?: string | null;
  password?: string | null;
  role?: AccountRole | null;
  area?: string | null;
}

/**
 * Body of `POST /api/kiosks`: pairs the display that shows `code` (letters in any case, spaces and hyphens ignored).
 * `views`: at most 50, in `area`; none shows the whole area always. `reloadAt` is a local
 * time of day HH:mm at which the page loads itself anew, or missing. Language is by default zh-CN, style night.
 */
export interface NewKiosk {
  code?: string | null;
  name?: string | null;
  area?: string | null;
  views?: KioskView[] | null;
  language?: 'zh-CN' | 'en' | null;
  style?: 'night' | 'day' | 'auto' | null;
  reloadAt?: string | null;
}

/** Body of `POST /api/accounts/{id}/password`: an administrator sets it for somebody who forgot it. */
export interface NewPassword {
  password?: string | null;
}

/** Body of `POST /api/session/password`: the signed-in person's own. */
export interface PasswordChange {
  current?: string | null;
  password?: string | null;
}

/**
 * Answer of `POST /api/session` and `GET /api/session`. `token` is a bearer token (null on GET).
 * `csrf` goes into the header `X-CSRF-Token` of every write that is signed in by cookie.
 * `demo`: the data are generated, and every page says so. `kiosk` is the id of the paired display that
 * this session belongs to, null for people; a kiosk gets a cookie alone, no token. `timeZone` is the IANA name of the center's zone, in which pages show times.
 */
export interface SessionInfo {
  user: string;
  role: AccountRole;
  area: string;
  areaName: string;
  token: string | null;
  csrf: string;
  expiresAt: string;
  demo: boolean;
  kiosk: number | null;
  timeZone: string;
}

/** Body of `POST /api/session`. */
export interface SessionRequest {
  user: string;
  password: string;
}

/** Body of `POST /api/setup`: makes the first administrator and the area everything else goes under. */
export interface SetupRequest {
  token?: string | null;
  user?: string | null;
  password?: string | null;
  areaCode?: string | null;
  areaName?: string | null;
}

/** One look at the asking worker's own whereabouts: `GET /api/watched`, with the user and password of the worker's device (Basic). */
export interface WatchedEntry {
  at: string;
  user: string;
  role: AccountRole | null;
  action: 'open-card' | 'follow' | 'open-track' | 'export-track' | 'open-score' | 'open-evidence';
  reason: string | null;
}

/** Body of `POST /api/alarms/{id}/acknowledge`; may be empty. */
export interface AlarmAcknowledgement {
  note: string | null;
}

/** A file beside an alarm, as its ledger names it: answered by `POST /api/alarms/{id}/attachments`; the file itself is at `GET …/attachments/{id}`. */
export interface AlarmAttachment {
  /** The sender's UUID. */
  id: string;
  /** With the extension of its type. */
  name: string;
  /** What its first bytes say it is. */
  type: 'image/jpeg' | 'image/png' | 'image/webp' | 'audio/mp4' | 'audio/mpeg' | 'video/mp4' | 'application/pdf';
  /** Bytes. */
  size: number;
  /** Of the file, in hexadecimal. */
  sha256: string;
}

/**
 * An alarm with its ledger, as answered by `GET /api/alarms/{id}`: the members of the list's item and these beside them. The look is on the audit trail, and the note
 * is told only where the worker is no stranger.
 */
export interface AlarmDetail {
  /** What the phone said. */
  note: string | null;
  /** Number of the worker; null for walls and of strangers. */
  phone: string | null;
  /** All that happened, in order. */
  ledger: AlarmEntry[];
  /** Every entry's hash follows from the one before and from what it says. */
  intact: boolean;
  /** False while the ledger waits in Redis to be written through: more may follow. */
  stored: boolean;
  /** Until when notes and attachments are taken; null while it is open. */
  notesUntil: string | null;
  /** Bytes of an attachment at most. */
  mostAttachmentBytes: number;
  /** Attachments of an alarm at most. */
  mostAttachments: number;
  /** UUID, in small letters. */
  id: string;
  /** What it is about. */
  kind: 'sos' | 'lostContact' | 'leftGrid' | 'stationary' | 'lowBattery' | 'information';
  /** 1 (SOS) to 4 (information). */
  priority: number;
  /** raised, acknowledged, assigned, onScene, resolved or falseAlarm. */
  state: 'raised' | 'acknowledged' | 'assigned' | 'onScene' | 'resolved' | 'falseAlarm';
  /** Code of whom it is about; null when it is about nobody of the roster. */
  worker: string | null;
  /** Null for a stranger: a worker whose home lies outside the viewer's area. */
  name: string | null;
  /** Code of the worker's home area; of the place where there is no worker or it is a stranger. */
  area: string;
  /** Code of the smallest area its position lies in; null when that is not known. */
  place: string | null;
  /** By the phone's clock. */
  occurredAt: string;
  /** By the server's. */
  arrivedAt: string;
  /** It arrived so long after it occurred that a reader must be told both. */
  late: boolean;
  /** The worker was off duty when it occurred. */
  offDuty: boolean;
  /** A drill. */
  exercise: boolean;
  /** WGS-84 degrees; null when it came without a place. */
  longitude: number | null;
  /** WGS-84 degrees. */
  latitude: number | null;
  /** Radius. */
  accuracyMeters: number | null;
  /** How often it has escalated for want of an acknowledgement: 0 at first. */
  level: number;
  /** Further presses that joined its ledger. */
  repeats: number;
  /** User name; null while nobody has. */
  acknowledgedBy: string | null;
  /** When. */
  acknowledgedAt: string | null;
  /** When it was resolved or found false; null while open. */
  closedAt: string | null;
  /** When what it said of people was deleted: there is no worker, exact place or note any more. Null: it was not. */
  erasedAt: string | null;
  /** From when its clock runs while nobody has acknowledged it: its arrival, or when it was opened again. */
  waitsSince: string;
}

/** One step of an alarm's ledger. */
export interface AlarmEntry {
  /** 1 for the first. */
  number: number;
  /** By the server's clock. */
  at: string;
  /** raised, joined, shown, acknowledged, escalated, assigned, unassigned, onScene, resolved, falseAlarm, reopened, note, attached or erased. */
  step: 'raised' | 'joined' | 'shown' | 'acknowledged' | 'escalated' | 'assigned' | 'unassigned' | 'onScene' | 'resolved' | 'falseAlarm' | 'reopened' | 'note' | 'attached' | 'erased';
  /** User name, code of the worker whose phone did it, or the name of the wall that drew it; null where the center itself did it. */
  by: string | null;
  /** A reason, a level, what joined, a note, the name of a file; null when it was deleted or there is none. */
  text: string | null;
  /** SHA-256 over the one before and this entry, in hexadecimal; empty while it is not stored. */
  hash: string;
  /** Of a note or a file that somebody added: from a desk or a phone; null of every other step. */
  via: 'desk' | 'phone' | null;
  /** It was added after the alarm had ended. */
  afterEnd: boolean;
  /** The file that was attached. */
  attachment: AlarmAttachment | null;
  /** What was said in this step was deleted; the hashes hold all the same. */
  wordsDeleted: boolean;
}

/** An alarm as it stands: an item of `GET /api/alarms`, newest arrival first. */
export interface AlarmInfo {
  /** UUID, in small letters. */
  id: string;
  /** What it is about. */
  kind: 'sos' | 'lostContact' | 'leftGrid' | 'stationary' | 'lowBattery' | 'information';
  /** 1 (SOS) to 4 (information). */
  priority: number;
  /** raised, acknowledged, assigned, onScene, resolved or falseAlarm. */
  state: 'raised' | 'acknowledged' | 'assigned' | 'onScene' | 'resolved' | 'falseAlarm';
  /** Code of whom it is about; null when it is about nobody of the roster. */
  worker: string | null;
  /** Null for a stranger: a worker whose home lies outside the viewer's area. */
  name: string | null;
  /** Code of the worker's home area; of the place where there is no worker or it is a stranger. */
  area: string;
  /** Code of the smallest area its position lies in; null when that is not known. */
  place: string | null;
  /** By the phone's clock. */
  occurredAt: string;
  /** By the server's. */
  arrivedAt: string;
  /** It arrived so long after it occurred that a reader must be told both. */
  late: boolean;
  /** The worker was off duty when it occurred. */
  offDuty: boolean;
  /** A drill. */
  exercise: boolean;
  /** WGS-84 degrees; null when it came without a place. */
  longitude: number | null;
  /** WGS-84 degrees. */
  latitude: number | null;
  /** Radius. */
  accuracyMeters: number | null;
  /** How often it has escalated for want of an acknowledgement: 0 at first. */
  level: number;
  /** Further presses that joined its ledger. */
  repeats: number;
  /** User name; null while nobody has. */
  acknowledgedBy: string | null;
  /** When. */
  acknowledgedAt: string | null;
  /** When it was resolved or found false; null while open. */
  closedAt: string | null;
  /** When what it said of people was deleted: there is no worker, exact place or note any more. Null: it was not. */
  erasedAt: string | null;
  /** From when its clock runs while nobody has acknowledged it: its arrival, or when it was opened again. */
  waitsSince: string;
}

/**
 * What `WallHub.Alarms` streams: first one that holds all open alarms in the scope (`full`), then one as soon as something happens, ahead of the frames
 * of positions; nothing is left out or merged. A wall that was away gets a full one again.
 */
export interface AlarmNews {
  /** These are all that are open; what the wall knows beside them is over. */
  full: boolean;
  /** Server time, ms since 1970 UTC: running clocks count from it. */
  time: number;
  /** Where alarms are read from now: nothing, redis or postgres. Anything but nothing: the wall is told in degraded mode. */
  away: '' | 'redis' | 'postgres';
  alarms: WallAlarm[];
}

/** What the writer is told once the note is durable. */
export interface AlarmNoteReceipt {
  /** The writer's. */
  id: string;
  /** The alarm had ended when it was added. */
  afterEnd: boolean;
}

/** What the phone is told once the alarm is durable. */
export interface AlarmReceipt {
  /** Its own id. */
  id: string;
  /** The open alarm whose ledger took this one, when the device had 20 open already; else null. */
  joined: string | null;
  /** By the server's clock. */
  arrivedAt: string;
}

/** That nothing was lost between two moments, as answered by `GET /api/alarms/reconciliation`: how many reached each station, and which did not. */
export interface AlarmReconciliation {
  /** Of arrival, inclusive. */
  from: string;
  /** Exclusive. */
  to: string;
  /** Alarms and presses that joined one. */
  received: number;
  /** In the log or the store when the phone was told: every one of `received`. */
  answered: number;
  /** With their first ledger entry in PostgreSQL. */
  stored: number;
  /** Drawn by at least one wall. */
  shown: number;
  /** By somebody. */
  acknowledged: number;
  /** Resolved or found false. */
  closed: number;
  /** From arrival to the first wall's drawing; null when none was shown. */
  medianShownMilliseconds: number | null;
  /** The same. */
  p99ShownMilliseconds: number | null;
  /** Ids, at most 100. */
  notShown: string[];
  /** Ids, at most 100. */
  notAcknowledged: string[];
  /** Ids whose ledger's hashes do not follow, at most 100. */
  broken: string[];
  /** Alarms that ended before this are past their keeping and deleted: none of them is counted, and none is lost. Null: the whole interval is kept. */
  keptFrom: string | null;
  /** Of these alarms, those whose words were deleted. */
  erased: number;
}

/** Body of `POST /api/alarms/{id}/reopen`: within a day of its end. */
export interface AlarmReopening {
  reason: string | null;
}

/** Body of `POST /api/alarms/{id}/resolve`. */
export interface AlarmResolution {
  /** resolved or falseAlarm. */
  outcome: 'resolved' | 'falseAlarm' | null;
  /** 1 to 500 characters. */
  reason: string | null;
}

/**
 * Body of `POST /api/alarms`, with the user and password of the device (Basic). The same again, by its id, is one alarm. Answered 201 when it is new, 200 when it
 * was there already, 503 when it could not be made durable: send it again.
 */
export interface NewAlarm {
  /** A UUID that the phone makes once for each press; its own among the alarms of this device. */
  id?: string | null;
  /** sos or information: a device raises no other. */
  kind?: 'sos' | 'information' | null;
  /** WGS-84 degrees; null with `latitude` when the phone does not know where it is. */
  longitude?: number | null;
  /** WGS-84 degrees. */
  latitude?: number | null;
  /** Radius; null when the phone does not say. */
  accuracyMeters?: number | null;
  /** By the phone's clock. One far off is kept beside the time of arrival, never refused; only a missing one is. */
  occurredAt?: string | null;
  /** At most 500 characters; a longer one is cut, not refused. */
  note?: string | null;
  /** It is a drill, and shown as one everywhere. */
  exercise: boolean;
}

/** Body of `POST /api/alarms/{id}/notes`. */
export interface NewAlarmNote {
  /** A UUID that the writer makes; the same again is the same note, as it was said first. */
  id?: string | null;
  /** 1 to 500 characters. */
  text?: string | null;
}

/** Body of `POST /api/alarms` by a dispatcher (a session instead of a device): about a worker, a place or both. */
export interface RaisedAlarm {
  /** A UUID that the page makes, so that a retry is the same alarm. */
  id: string | null;
  /** Any of the kinds. */
  kind: string | null;
  /** Code. */
  worker: string | null;
  longitude: number | null;
  latitude: number | null;
  accuracyMeters: number | null;
  occurredAt: string | null;
  note: string | null;
  exercise: boolean;
}

/** An alarm on a wall; members are those of `AlarmInfo`, times in ms since 1970 UTC. */
export interface WallAlarm {
  id: string;
  /** Grows with each change of this alarm: the wall acknowledges what it has drawn by it. */
  version: number;
  kind: 'sos' | 'lostContact' | 'leftGrid' | 'stationary' | 'lowBattery' | 'information';
  priority: number;
  state: 'raised' | 'acknowledged' | 'assigned' | 'onScene' | 'resolved' | 'falseAlarm';
  worker: string | null;
  /** Null for a stranger. */
  name: string | null;
  area: string;
  place: string | null;
  occurredAt: number;
  arrivedAt: number;
  /** From when its clock runs while nobody has acknowledged it: its arrival, or when it was opened again. */
  waitsSince: number;
  late: boolean;
  offDuty: boolean;
  exercise: boolean;
  longitude: number | null;
  latitude: number | null;
  accuracyMeters: number | null;
  level: number;
  repeats: number;
  acknowledgedBy: string | null;
  acknowledgedAt: number | null;
}

/**
 * One area. `id` is the number used in wall frames' count records; `code` is the name used everywhere else.
 * `bounds` is west, south, east, north in degrees WGS-84; `center` longitude, latitude of a point inside; `geometry` a GeoJSON polygon, only when asked for with `geometry=true`.
 */
export interface AreaInfo {
  id: number;
  code: string;
  name: string;
  nameEn: string | null;
  kind: AreaKind;
  gridType: GridType | null;
  parent: string | null;
  bounds: number[] | null;
  center: number[] | null;
  geometry: unknown;
}

/** Body of `PUT /api/areas/{code}`: replaces both names; a missing English one is none. */
export interface AreaNamesChange {
  name?: string | null;
  nameEn?: string | null;
}

/**
 * Body of `POST /api/areas`. `parent` is a code in the administrator's area, of a higher level than
 * `kind`; `gridType` is for grids alone, by default ordinary; `geometry` is a GeoJSON
 * polygon or multipolygon and may be missing.
 */
export interface NewArea {
  code?: string | null;
  name?: string | null;
  nameEn?: string | null;
  kind?: AreaKind | null;
  gridType?: GridType | null;
  parent?: string | null;
  geometry?: unknown;
}

/** Body of `POST /api/assessment/appeals/{id}/decision`. */
export interface AppealDecision {
  /** Or rejected. */
  upheld: boolean | null;
  /** Why. */
  words: string | null;
  /** Only when upheld: days that are nobody's fault, of the score's subject. */
  exclusion: AppealExclusion | null;
}

export interface AppealExclusion {
  /** leave, rest-day or no-signal. */
  kind: string | null;
  /** First day. */
  from: string | null;
  /** The day after the last. */
  to: string | null;
  /** In words. */
  note: string | null;
}

/** An appeal against a score. */
export interface AppealInfo {
  /** Its own. */
  id: string;
  /** Against which. */
  score: number;
  /** Whose. */
  subjectKind: 'worker' | 'grid' | 'community' | 'subdistrict' | 'department';
  /** Code. */
  subject: string | null;
  /** As it is now. */
  name: string | null;
  /** Code of the home then, or of the area itself. */
  area: string | null;
  /** Of the score. */
  period: 'week' | 'month' | 'quarter';
  /** Its first day. */
  starts: string;
  /** Of the score. */
  version: number;
  /** Null: the whole score. */
  indicator: string | null;
  /** What was stated. */
  words: string;
  /** By the worker's own phone; else an account recorded it. */
  byWorker: boolean;
  /** Code of the worker or name of the account. */
  madeBy: string;
  /** When. */
  madeAt: string;
  /** How far it has come. */
  state: 'open' | 'upheld' | 'rejected';
  /** Name of the account. */
  decidedBy: string | null;
  /** When. */
  decidedAt: string | null;
  /** In words. */
  decision: string | null;
  /** What was excluded by it. */
  exclusion: number | null;
  /** The version that came of it; null: none yet. */
  snapshot: string | null;
  /** Whoever asks may decide it. */
  mayDecide: boolean;
}

/** What is asked of `POST /api/assessment/policies/preview`. */
export interface AskedPolicyPreview {
  /** That nobody has stored. */
  policy: unknown;
  /** As in `NewAssessmentPolicy`. */
  legalBasis: string | null;
  /** `week`, `month` or `quarter`. */
  period: string | null;
  /** Any day of the period. */
  starts: string | null;
  /** `worker` when missing. */
  subject: string | null;
}

/** The best of a closed month, quarter or year. */
export interface AssessmentBoard {
  /** Which kind. */
  period: 'month' | 'quarter' | 'year';
  /** Its first day. */
  starts: string;
  /** The day after its last. */
  ends: string;
  /** Closed months that a year's totals are means of; 1 otherwise. */
  months: number;
  /** Best first; equal totals share a rank. */
  items: BoardItem[];
}

/** What a version says otherwise than the one before. */
export interface AssessmentDifference {
  /** The one before. */
  version: number;
  /** Scores that say something else. */
  changed: number;
  /** Subjects that were not in it. */
  added: number;
  /** Subjects that are not in it any more. */
  removed: number;
  /** The largest change of a total, in points; null: none changed. */
  largest: number | null;
}

/** All versions of periods, newest first. */
export interface AssessmentPeriods {
  items: AssessmentSnapshot[];
}

/** All versions of the assessment policy, newest first, as answered by `GET /api/assessment/policies`. */
export interface AssessmentPolicies {
  /** The last one is the shipped one. */
  items: AssessmentPolicyInfo[];
  /** Ids that a policy may have. */
  indicators: string[];
  /** Those of them that weigh nothing without a recorded legal basis. */
  needLegalBasis: string[];
  /** Whether the viewer may make a new version. */
  mayChange: boolean;
}

export interface AssessmentPolicyInfo {
  /** Counts up; 1 is the shipped one. */
  version: number;
  /** For periods that begin on this day or later, such as 2026-12-01; null: from the beginning. */
  validFrom: string | null;
  /** Whether it is what a period that begins today would be assessed by. */
  inForce: boolean;
  /** As docs/assessment.md says. */
  policy: unknown;
  /** Why it was changed. */
  note: string | null;
  /** Why hours and mileage may count. */
  legalBasis: string | null;
  /** Null: shipped. */
  madeBy: string | null;
  /** Null: shipped. */
  madeAt: string | null;
}

/** A page of a period's scores, as answered by `GET /api/assessment/{period}/scores`. */
export interface AssessmentScores {
  snapshot: AssessmentSnapshot;
  items: ScoreItem[];
  next: string | null;
  distribution: ScoreDistribution;
}

/** A version of a week, month or quarter. */
export interface AssessmentSnapshot {
  /** Of this version. */
  id: string;
  /** What it is. */
  period: 'week' | 'month' | 'quarter';
  /** Its first day, such as 2026-10-01. */
  starts: string;
  /** The day after its last. */
  ends: string;
  /** From 1. */
  version: number;
  /** There is none newer. */
  latest: boolean;
  /** Open: it still runs, and its scores are replaced. */
  state: 'open' | 'closed';
  /** That it was scored by. */
  policyVersion: number;
  /** When. */
  madeAt: string;
  /** When it was frozen; null while open. */
  closedAt: string | null;
  /** Why there is this version. */
  reason: 'provisional' | 'closed' | 'late-data' | 'exclusion' | 'appeal';
  /** Against the version before; null in a first one. */
  difference: AssessmentDifference | null;
  /** SHA-256 in hex over its rows; null while open. */
  hash: string | null;
  /** The hash is signed by the key that stands with it; null while open. */
  signed: boolean | null;
}

export interface BoardItem {
  /** From 1. */
  rank: number;
  /** Code. */
  subject: string;
  /** As it is now. */
  name: string | null;
  /** Code of the home, or of the area itself. */
  area: string | null;
  /** Of that. */
  areaName: string | null;
  /** 0 to 100. */
  total: number;
  /** The policy's word; null for a year. */
  band: string | null;
  /** With a total. */
  months: number;
  /** For its detail; null for a year. */
  score: number | null;
}

/** What is checked by `POST /api/assessment/policies/check`. */
export interface CheckedAssessmentPolicy {
  policy: unknown;
  legalBasis: string | null;
}

export interface EvidenceAlarm {
  /** The alarm's. */
  id: string;
  /** The alarm's. */
  kind: string;
  /** When it arrived. */
  at: string;
  /** Null: not at all. */
  acknowledgedAt: string | null;
  /** Between. */
  seconds: number | null;
  /** In time. */
  within: boolean;
}

export interface EvidenceAssignment {
  /** The assignment's. */
  id: string;
  /** To which they were sent. */
  alarm: string;
  /** When. */
  at: string;
  /** Accepted, on scene or cleared, as the indicator asks; null: not at all. */
  doneAt: string | null;
  /** Between. */
  seconds: number | null;
  /** In time. */
  within: boolean;
}

export interface EvidenceDay {
  /** Such as 2026-10-01. */
  day: string;
  /** What it was, or what excluded it. */
  state: 'patrolled' | 'missed' | 'phone-dark' | 'leave' | 'rest-day' | 'no-signal' | 'counted';
  /** Credited or recorded. */
  seconds: number | null;
  /** Where the way is counted. */
  meters: number | null;
}

export interface EvidencePart {
  /** For its own evidence. */
  score: number;
  /** What it is of. */
  subjectKind: 'worker' | 'grid' | 'community' | 'subdistrict' | 'department';
  /** Code; null: erased. */
  subject: string | null;
  /** As it is now. */
  name: string | null;
  /** First day of its period. */
  starts: string;
  /** What was done. */
  numerator: number | null;
  /** What was to be done. */
  denominator: number | null;
}

/** Days that are nobody's fault: of a worker, or of an area with all at home in it and below. */
export interface ExclusionInfo {
  id: number;
  subjectKind: 'worker' | 'grid' | 'community' | 'subdistrict' | 'department';
  subject: string | null;
  name: string | null;
  kind: 'leave' | 'rest-day' | 'no-signal';
  from: string;
  to: string;
  note: string | null;
  setBy: string;
  setAt: string;
  withdrawnBy: string | null;
  withdrawnAt: string | null;
}

/** Body of `POST /api/assessment/scores/{id}/appeals`. */
export interface NewAppeal {
  /** Null: the whole score. */
  indicator?: string | null;
  /** What the worker states. */
  words?: string | null;
}

/** A new version, as sent with `PUT /api/assessment/policies`. */
export interface NewAssessmentPolicy {
  /** The newest version that its writer knew: whoever was faster is not overwritten. */
  after?: number | null;
  /** A day from today on, such as 2026-12-01. */
  validFrom?: string | null;
  /** As docs/assessment.md says. */
  policy?: unknown;
  /** Why; at most 500 characters. */
  note?: string | null;
  /** Which law or agreement lets hours and mileage count; 10 to 500 characters. */
  legalBasis?: string | null;
}

/** Body of `POST /api/assessment/exclusions`. */
export interface NewExclusion {
  /** worker, or the kind of area. */
  subjectKind?: string | null;
  /** Code. */
  subject?: string | null;
  /** leave, rest-day or no-signal. */
  kind?: string | null;
  /** First day. */
  from?: string | null;
  /** The day after the last. */
  to?: string | null;
  /** In words. */
  note?: string | null;
}

/** A worker's own scores, as answered by `GET /api/assessed`. */
export interface OwnScores {
  items: ScoreDetail[];
}

/** A subject's score in the newest version of a period. */
export interface PastScore {
  /** For its detail. */
  id: number;
  /** First day of its period. */
  starts: string;
  /** The day after its last. */
  ends: string;
  /** Which one. */
  version: number;
  /** 0 to 100; null: none. */
  total: number | null;
  /** The policy's word. */
  band: string | null;
  /** Share of weight with data. */
  coveredWeight: number;
  /** By which it was scored: points of another policy may not compare. */
  policyVersion: number;
}

/** The same subject in earlier periods of the kind, newest first, as answered by `GET /api/assessment/scores/{id}/past`. */
export interface PastScores {
  items: PastScore[];
}

/** What a past period would have come to. */
export interface PolicyPreview {
  /** As asked. */
  period: string;
  /** Its first day. */
  starts: string;
  /** The day after its last. */
  ends: string;
  /** By the policy it was assessed by. */
  before: PreviewSide;
  /** By the one that is looked at. */
  after: PreviewSide;
  /** Subjects in the viewer's area with the largest change first; at most 500. */
  items: PreviewItem[];
  /** How many there are. */
  subjects: number;
}

export interface PreviewItem {
  /** Its code. */
  subject: string;
  /** Null: nobody of that code is there any more. */
  name: string | null;
  /** Null: without a total. */
  before: number | null;
  /** Null: without a total. */
  bandBefore: string | null;
  /** Null: without a total. */
  after: number | null;
  /** Null: without a total. */
  bandAfter: string | null;
}

export interface PreviewSide {
  /** With a total. */
  scored: number;
  /** Of their totals; null: none has one. */
  mean: number | null;
  /** How many by band. */
  bands: Record<string, number>;
}

/** How many have it. */
export interface ScoreBand {
  band: string;
  count: number;
}

export interface ScoreBucket {
  /** Inclusive. */
  from: number;
  /** Exclusive, but for 100. */
  to: number;
  /** Scores in it. */
  count: number;
}

/** An indicator's points, before and after. */
export interface ScoreChange {
  indicator: string;
  before?: number | null;
  after?: number | null;
}

/** One score with its indicators, as answered by `GET /api/assessment/scores/{id}`. */
export interface ScoreDetail {
  /** Its number. */
  id: number;
  /** The version it stands in. */
  snapshot: AssessmentSnapshot;
  /** What it is of. */
  subjectKind: 'worker' | 'grid' | 'community' | 'subdistrict' | 'department';
  /** Code; null: the person was erased. */
  subject: string | null;
  /** As it is now. */
  name: string | null;
  /** Code of the home then, or of the area itself. */
  area: string | null;
  /** Of that. */
  areaName: string | null;
  /** 0 to 100; null: see `whyNoTotal`. */
  total: number | null;
  /** The policy's word. */
  band: string | null;
  /** Share of weight with data. */
  coveredWeight: number;
  /** A word of the policy's. */
  whyNoTotal: string | null;
  /** Total of the period before. */
  before: number | null;
  /** Its person was erased: its hash alone is left. */
  erased: boolean;
  /** In the policy's order. */
  indicators: ScoreIndicator[];
  /** All versions, newest first. */
  history: ScoreVersion[];
  /** Against any of them, newest first. */
  appeals: AppealInfo[];
}

/** Of all scores that were asked for, whatever the page. */
export interface ScoreDistribution {
  /** With a total. */
  scored: number;
  /** Without one. */
  without: number;
  /** Of the totals. */
  mean: number | null;
  /** Of the totals. */
  median: number | null;
  /** Ten of ten points each; the last one holds 100, too. */
  buckets: ScoreBucket[];
  /** The policy's words. */
  bands: ScoreBand[];
}

/** What stands behind an indicator; what there is is set. As answered by `GET /api/assessment/scores/{id}/evidence/{indicator}`. */
export interface ScoreEvidence {
  /** Of which. */
  score: number;
  /** Of which. */
  indicator: string;
  /** What `ScoreEvidenceMark` said. */
  kind: 'cells' | 'alarms' | 'assignments' | 'days' | 'parts';
  /** What was done. */
  numerator: number | null;
  /** What was to be done. */
  denominator: number | null;
  /** First day of the period. */
  from: string;
  /** The day after its last. */
  to: string;
  /** GeoJSON: squares of a row side by side that are alike, with `visited` of `due` spans and how many `cells`. */
  cells: unknown;
  /** Newest first, at most 5,000. */
  alarms: EvidenceAlarm[] | null;
  /** Newest first, at most 5,000. */
  assignments: EvidenceAssignment[] | null;
  /** In their order. */
  days: EvidenceDay[] | null;
  /** Scores that it is the sum of: of people and areas below, or of a quarter's months. */
  parts: EvidencePart[] | null;
}

/** What evidence there is to be asked for. */
export interface ScoreEvidenceMark {
  kind: 'cells' | 'alarms' | 'assignments' | 'days' | 'parts';
  count: number;
}

/** Something left out. */
export interface ScoreExclusion {
  kind: string;
  amount: number;
  why: string | null;
}

/** An indicator of a score: numerator over denominator, what was left out, and what became of it. */
export interface ScoreIndicator {
  /** Its id. */
  indicator: string;
  /** What was done. */
  numerator: number | null;
  /** What was to be done. */
  denominator: number | null;
  /** How much it rests on. */
  samples: number;
  /** The formula's. */
  value: number | null;
  /** 0 to 100. */
  points: number | null;
  /** The policy's. */
  weight: number;
  /** After what has no data was left out. */
  effectiveWeight: number;
  /** Nobody's fault, in the denominator's unit. */
  excluded: ScoreExclusion[];
  /** Why there is none; null: there is. */
  noData: string | null;
  /** What stands behind it; null: nothing. */
  evidence: ScoreEvidenceMark | null;
}

export interface ScoreItem {
  /** For its detail. */
  id: number;
  /** A worker's or an area's code; null: the person was erased. */
  subject: string | null;
  /** As it is now. */
  name: string | null;
  /** Code of a worker's home then, or of the area itself. */
  area: string | null;
  /** Of that. */
  areaName: string | null;
  /** 0 to 100; null: too much of the policy's weight has no data. */
  total: number | null;
  /** The policy's word for the total. */
  band: string | null;
  /** Share of the policy's weight that there is data for. */
  coveredWeight: number;
  /** Total of the period before, in its newest version. */
  before: number | null;
  /** Total in the version before this one. */
  earlier: number | null;
  /** Within what was asked for; equal totals share one. */
  rank: number | null;
}

/** A score in one version, with what is different from the one before. */
export interface ScoreVersion {
  id: number;
  version: number;
  latest: boolean;
  reason: 'provisional' | 'closed' | 'late-data' | 'exclusion' | 'appeal';
  madeAt: string;
  total: number | null;
  band: string | null;
  changes: ScoreChange[];
}

/**
 * A map to draw under the markers, of `GET /api/basemaps`; the first is the default. `url` is on this server: a PMTiles
 * file, or a template with {z}, {x} and {y} for images. Over a `datum` of gcj02 markers are shifted when drawn.
 * `generated`: streets and borders are made up. `style` is vector for files of vector tiles, else null.
 */
export interface BasemapInfo {
  id: string;
  name: string;
  nameEn: string;
  kind: 'pmtiles' | 'raster';
  url: string;
  datum: 'wgs84' | 'gcj02';
  attribution: string;
  minZoom: number;
  maxZoom: number;
  generated: boolean;
  style: 'vector' | null;
}

export interface CoverageCellDay {
  /** Such as 2026-01-31. */
  day: string;
  /** Of all workers together. */
  dwellSeconds: number;
  /** Of at least half a minute. */
  visits: number;
  /** Shorter. */
  passes: number;
  /** How many different ones. */
  workers: number;
  /** When the last of them left. */
  lastAt: string;
}

/** One square of 25 m, as answered by `GET /api/coverage/cells/{key}`. */
export interface CoverageCellInfo {
  /** Row × 2³² + column, in decimal. */
  key: string;
  /** Degrees longitude and latitude. */
  center: number[];
  /** Its corners, the first one again at the end. */
  polygon: number[][];
  /** Code of the grid it lies in. */
  area: string;
  /** False: masked. */
  patrollable: boolean;
  /** Blind after so many days. */
  target: number;
  /** Since the last visit, at the window's end; null: none as far as was looked back. */
  ageDays: number | null;
  /** Those on which somebody was there, newest first. */
  days: CoverageCellDay[];
  /** Those of the window of which some of the center's tracks could not be read: more may have been earned. */
  damagedDays: string[];
}

export interface CoverageCellTrack {
  /** Such as 2026-01-31. */
  day: string;
  /** Code. */
  worker: string;
  /** Of the worker. */
  name: string;
  /** In the square. */
  dwellSeconds: number;
  /** Of at least half a minute. */
  visits: number;
  /** Shorter. */
  passes: number;
  /** When the worker left it last. */
  lastAt: string;
  /** Begin of what to replay. */
  from: string;
  /** Its end. */
  to: string;
}

/** Who earned a square, as answered by `GET /api/coverage/cells/{key}/tracks`. */
export interface CoverageCellTracks {
  /** Newest day first. */
  items: CoverageCellTrack[];
  /** Workers left out because they are at home outside of the viewer's area. */
  outside: number;
  /** Whether there were more than are told. */
  more: boolean;
  /** Those of the window of which some of the center's tracks could not be read: others may have been there. */
  damagedDays: string[];
}

/** A day that came out otherwise than when it was over first, because fixes came late or somebody was erased. */
export interface CoverageCorrection {
  /** Such as 2026-01-31. */
  day: string;
  /** When it did last. */
  at: string;
  /** By how much in all since then; null where an area below the whole center was asked for. */
  difference: CoverageDifference | null;
}

/** What there is more of, or less, of all workers together. */
export interface CoverageDifference {
  /** Who earned anything. */
  workers: number;
  /** In all squares. */
  dwellSeconds: number;
  /** With any of it. */
  squares: number;
  /** Of at least half a minute. */
  visits: number;
  /** Shorter. */
  passes: number;
}

export interface CoverageMaskInfo {
  /** Of its place in the operator's data. */
  code: string;
  /** For people. */
  name: string;
  /** Why nobody patrols it. */
  kind: 'water' | 'closed';
  /** When it was drawn so. */
  since: string;
  /** User name; null for viewers below an administrator. */
  addedBy: string | null;
  /** GeoJSON. */
  geometry: unknown;
}

export interface CoverageMaskRefusal {
  /** Its place in the file, from 0. */
  feature: number;
  /** As far as it has one. */
  code: string | null;
  /** What is wrong; null: all of it. */
  field: string | null;
  /** Why, in a sentence. */
  reason: string;
}

/** What an import of masks did, as answered by `PUT /api/coverage/masks`. */
export interface CoverageMaskReport {
  /** New ones. */
  added: number;
  /** Drawn or named otherwise than before. */
  changed: number;
  /** As they were. */
  same: number;
  /** The first 100 that are none. */
  refused: CoverageMaskRefusal[];
  /** All of them. */
  refusedCount: number;
}

/** Ground that nobody patrols, as answered by `GET /api/coverage/masks`. */
export interface CoverageMasks {
  items: CoverageMaskInfo[];
}

/** Squares of 25 m of one area in a window; definitions in docs/coverage.md. */
export interface CoverageRate {
  /** Its code. */
  area: string;
  /** Its name. */
  name: string;
  /** Its level. */
  kind: 'district' | 'subdistrict' | 'community' | 'grid' | 'microgrid';
  /** Squares without masks. */
  patrollable: number;
  /** Those with a visit. */
  visited: number;
  /** Share visited, 0 to 1; null: no ground, or no day was reckoned. */
  rate: number | null;
  /** Those over their target at the window's end. */
  blind: number;
  /** Those that fell due within the window. */
  planned: number;
  /** Those of them that were visited in time. */
  done: number;
  /** Of all workers together. */
  dwellSeconds: number;
  /** Of all workers together. */
  visits: number;
  /** Squares of which nobody can say whether they are blind: not visited in fewer days than their target. */
  unknown: number;
}

/** How much of an area and of the areas right below it was patrolled, as answered by `GET /api/coverage/rates`. */
export interface CoverageRates {
  /** Code of the area that was asked for. */
  area: string;
  /** The first day, such as 2026-01-31. */
  from: string;
  /** The day after the last. */
  to: string;
  /** Of the window, as far as it has begun. */
  days: number;
  /** How many of them were. */
  reckoned: number;
  /** As of when the newest of them was reckoned; null: none was. */
  reckonedAt: string | null;
  /** When a day that was over came out otherwise than before; null: none did. */
  correctedAt: string | null;
  /** The days that did, newest first. */
  corrections: CoverageCorrection[];
  /** Stored stretches of tracks of these days that could not be read and are in no number, of the whole center. */
  damaged: number;
  /** The area itself, then those below it. */
  items: CoverageRate[];
  /** The area's days that were reckoned. */
  trend: CoverageTrendDay[];
}

/** What holds in an area. */
export interface CoverageTargetInfo {
  /** Its code. */
  area: string;
  /** A square is blind after so many without a visit. */
  days: number;
  /** The word for so many days; null: there is none. */
  choice: 'hot-spot' | 'normal' | 'remote' | null;
  /** Code of the area that it was set for; null: it is the usual one, or set above the viewer's area. */
  from: string | null;
}

export interface CoverageTargetSet {
  /** Code. */
  area: string;
  /** Of the area. */
  name: string;
  /** A square is blind after so many without a visit. */
  days: number;
  /** User name; null for viewers below an administrator. */
  setBy: string | null;
  /** When. */
  setAt: string;
}

/** All targets that were set in the viewer's area, as answered by `GET /api/coverage/targets`. */
export interface CoverageTargets {
  /** Days where none was. */
  usual: number;
  /** Days allowed. */
  most: number;
  /** Days by the words that may be set instead. */
  choices: Record<string, number>;
  /** By code of the area. */
  items: CoverageTargetSet[];
}

export interface CoverageTrendDay {
  /** Such as 2026-01-31. */
  day: string;
  /** Share of the squares that were visited on it; null: no ground. */
  rate: number | null;
  /** Squares. */
  visited: number;
  /** Squares. */
  patrollable: number;
  /** Stored stretches of the whole center's tracks that could not be read and are not in it. */
  damaged: number;
}

/** One of both. */
export interface NewCoverageTarget {
  /** A square is blind after so many without a visit. */
  days?: number | null;
  /** A word for so many days. */
  choice?: 'hot-spot' | 'normal' | 'remote' | null;
}

/**
 * An enrolled device without its secrets. `lastReportAt` is when it was last heard at all, kept or refused, right to some
 * seconds; `refusals` counts its refused reports.
 */
export interface DeviceInfo {
  id: number;
  user: string;
  label: string | null;
  worker: string;
  workerName: string;
  enrolledAt: string;
  revokedAt: string | null;
  lastReportAt: string | null;
  refusals: number;
}

/** Answer of `GET /api/devices/{id}/refusals`: all reasons on one page; `lastReportAt` is when it was last heard at all. */
export interface DeviceRefusals {
  items: RefusalInfo[];
  next: string | null;
  lastReportAt: string | null;
}

/** Answer of `POST /api/devices`: the only time the secrets are shown. */
export interface EnrolledDevice {
  id: number;
  worker: string;
  label: string | null;
  /** The identifier to type into Traccar Client; itself a secret. */
  osmandId: string;
  /** User name for OwnTracks and the batch endpoint (Basic). */
  user: string;
  /** 128 random bits, base64url. */
  password: string;
}

/** Answer of `POST /api/gateways`: the only time the password is shown. */
export interface EnrolledGateway {
  id: number;
  name: string;
  area: string;
  user: string;
  password: string;
}

/** A gateway without its password. */
export interface GatewayInfo {
  id: number;
  name: string;
  area: string;
  user: string;
  createdAt: string;
  revokedAt: string | null;
}

/** Body of `POST /api/devices`. */
export interface NewDevice {
  worker: string;
  label?: string | null;
}

/** Body of `POST /api/gateways`: a system that hands in positions of many devices of one area. */
export interface NewGateway {
  name?: string | null;
  area?: string | null;
}

/** One reason, how often, when last and what was said about it then. */
export interface RefusalInfo {
  reason: string;
  count: number;
  lastAt: string;
  detail: string | null;
}

/** What lies around an alarm, as answered by `GET /api/alarms/{id}/surroundings`. */
export interface AlarmSurroundings {
  /** The nearest street with a name; null where none is known within 300 m. */
  street: string | null;
  /** The same in English. */
  streetEn: string | null;
  /** From the place to it. */
  streetMeters: number | null;
  /** Of the place that was looked at: the alarm's, or where its worker was seen last; null when neither is known. */
  longitude: number | null;
  /** The same. */
  latitude: number | null;
  /** How the worker is reached now; null when the alarm is about nobody, or about a stranger. */
  presence: 'offDuty' | 'lost' | 'stale' | 'still' | 'moving' | null;
  /** When the worker's newest position was taken. */
  fixAt: string | null;
  /** Of the worker's phone. */
  batteryPercent: number | null;
  /** Of the same worker, the newest first; at most 10. */
  earlier: AlarmInfo[];
}

/**
 * Body of `POST /api/assignments/{id}/state`, by a dispatcher or with the user and password of the worker's device (Basic). States in between are set
 * with it: who is on scene was en route.
 */
export interface AssignmentChange {
  /** accepted 签收, declined, enRoute 途中, onScene 到场, handling 处置, cleared 完成; cancelled by a dispatcher only. */
  state?: 'accepted' | 'declined' | 'enRoute' | 'onScene' | 'handling' | 'cleared' | 'cancelled' | null;
  /** At most 500 characters. */
  note?: string | null;
}

/** Somebody sent to an alarm, as it stands. Who has no open one is 待命, available. */
export interface AssignmentInfo {
  /** UUID. */
  id: string;
  /** The id of the request that sent them together. */
  team: string;
  /** Its id. */
  alarm: string;
  /** Code; empty when that person was erased: that somebody was sent stays. */
  worker: string;
  /** Null for a stranger. */
  name: string | null;
  /** dispatched 已派 (offered, no answer yet) and on; noAnswer: not answered in time. */
  state: 'dispatched' | 'accepted' | 'enRoute' | 'onScene' | 'handling' | 'cleared' | 'declined' | 'noAnswer' | 'cancelled';
  /** User name. */
  sentBy: string;
  /** When. */
  sentAt: string;
  /** Until when an answer is waited for; null once there is one. */
  answerBy: string | null;
  /** Of the state. */
  changedAt: string;
  /** Of who sent them. */
  note: string | null;
  /** Still to go, as the crow flies; null where it is not known. */
  meters: number | null;
  /** Travel time from the newest position; null where it is not known or they are there. */
  etaSeconds: number | null;
  /** The newest position lies at the place, though nobody has said so. */
  arrivalSeen: boolean;
  /** All that happened, in order. */
  steps: AssignmentStep[];
}

/** One step of an assignment. */
export interface AssignmentStep {
  /** As in `AssignmentInfo`. */
  state: 'dispatched' | 'accepted' | 'enRoute' | 'onScene' | 'handling' | 'cleared' | 'declined' | 'noAnswer' | 'cancelled';
  /** By the server's clock. */
  at: string;
  /** User name; the worker's code where the phone said it; null where the center did. */
  by: string | null;
  /** Set along with a later one. */
  implied: boolean;
  /** Of who set it. */
  note: string | null;
}

/** Somebody who can go. */
export interface Candidate {
  /** Code. */
  worker: string;
  /** Of the worker. */
  name: string;
  /** Of the worker. */
  role: WorkerRole;
  /** Code of the home area. */
  area: string;
  /** Travel time. */
  etaSeconds: number;
  /** Seconds by which the list is ordered: the travel time and what each reason adds or takes. */
  score: number;
  /** To go. */
  meters: number;
  /** As the crow flies. */
  straightMeters: number;
  /** Age of the position. */
  fixAgeSeconds: number;
  /** Of the position. */
  longitude: number;
  /** Of the position. */
  latitude: number;
  /** Of the phone; null when it does not say. */
  batteryPercent: number | null;
  /** Of the worker. */
  skills: string[];
  /** How they travel first, then what else weighs. */
  reasons: CandidateReason[];
}

/** Who can go, as answered by `GET /api/alarms/{id}/candidates`: the best first. */
export interface CandidateList {
  /** For when it was reckoned. */
  at: string;
  /** Along streets; else the straight line times a factor, for want of streets near the place. */
  byStreets: boolean;
  /** With the reasons for their place. */
  items: Candidate[];
  /** Those nearer than the last of the items, or among the nearest at all, who are not among them: each with why. At most 20. */
  passedOver: PassedOver[];
  /** Everybody in the viewer's area who was passed over, by why. */
  counts: PassedOverCount[];
  /** What people on duty in the viewer's area can do, the most frequent first; at most 50. */
  skills: SkillCount[];
}

/** One reason for a candidate's place. */
export interface CandidateReason {
  /** walking or riding (by what the travel time is), onPlace (is there), homeGround (at home in the place's area), oldFix (the position's age), weakSignal (no sign of life for a while), lowBattery, reserve (called up), load (how often they went to alarms of late), detour (much longer than the straight line). */
  kind: 'walking' | 'riding' | 'onPlace' | 'homeGround' | 'oldFix' | 'weakSignal' | 'lowBattery' | 'reserve' | 'load' | 'detour';
  /** Metres a second, seconds, per cent, times they went, or times the straight line, as the kind has it. */
  value: number | null;
  /** What it adds to the score. */
  seconds: number;
}

/** Body of `POST /api/assignments`: sends one worker or several as a team. All or none: who cannot be sent is named in the refusal. */
export interface NewAssignment {
  /** A UUID that the page makes, so that a retry sends nobody twice. */
  id?: string | null;
  /** Its id. */
  alarm?: string | null;
  /** Codes, 1 to 20. */
  workers?: string[] | null;
  /** For those who are sent; at most 500 characters. */
  note?: string | null;
}

/** Somebody who was passed over. */
export interface PassedOver {
  /** Code. */
  worker: string;
  /** Of the worker. */
  name: string;
  /** raisedIt (the alarm is theirs), offDuty, lacksSkill (cannot do what was asked for), noPosition, lost, oldPosition (its age), inaccurate (its radius), assigned (to another or this alarm), refused (said no to this one, or nothing in time), noWay (no way along streets), longWay (metres along streets), further (the list is full). */
  reason: 'raisedIt' | 'offDuty' | 'lacksSkill' | 'noPosition' | 'lost' | 'oldPosition' | 'inaccurate' | 'assigned' | 'refused' | 'noWay' | 'longWay' | 'further';
  /** Seconds or metres, as the reason has it. */
  value: number | null;
  /** As the crow flies; null without a position. */
  straightMeters: number | null;
}

export interface PassedOverCount {
  /** As in `PassedOver`. */
  reason: 'raisedIt' | 'offDuty' | 'lacksSkill' | 'noPosition' | 'lost' | 'oldPosition' | 'inaccurate' | 'assigned' | 'refused' | 'noWay' | 'longWay' | 'further';
  /** How many. */
  count: number;
}

export interface SkillCount {
  /** A word of the district's own. */
  skill: string;
  /** How many on duty have it. */
  count: number;
}

/** One thing wrong with a file. */
export interface ImportProblem {
  /** The feature's number from 1, or the line of the CSV file (the header is 1); 0: the center's own, not in the file. */
  row: number;
  /** The row's code as far as it can be read. */
  code: string | null;
  /** The column or property; null when the row as a whole is meant. */
  field: string | null;
  /** What is wrong, for machines. */
  problem: ImportFault;
  /** Whether it keeps the file from being applied. */
  severity: ImportSeverity;
  /** What is wrong, for people, in English. */
  detail: string;
  /** The other code or row, where the problem is between two. */
  other: string | null;
  /** How much, for surfaces. */
  squareMeters: number | null;
  /** Where: longitude and latitude in degrees WGS-84, for shapes. */
  at: number[] | null;
}

/**
 * Answer of `POST /api/import/areas`, `/roster` and `/devices`, previewed or applied. One problem of severity error and nothing
 * is applied.
 */
export interface ImportReport {
  /** What was imported. */
  kind: ImportKind;
  /** True when everything below was stored; false for a preview and for a refusal. */
  applied: boolean;
  /** Stands for the file, the options and what they would change: an apply that gives it does what this says, or nothing. */
  fingerprint: string;
  /** How the text was read: UTF-8 or GB18030. */
  encoding: string;
  /** Features or rows read. */
  rows: number;
  /** Rows that are new. */
  added: number;
  /** Rows that differ from what is stored. */
  changed: number;
  /** Rows that say what is stored already. */
  unchanged: number;
  /** Areas or workers that are stored in the place of the file, but not in the file: they stay as they are. */
  left: number;
  /** The first 500 rows added or changed, in the file's order. */
  changes: ImportedRow[];
  /** How many changes are not listed. */
  changesLeftOff: number;
  /** The first 500 problems: errors before warnings, each by row. */
  problems: ImportProblem[];
  /** How many problems are not listed. */
  problemsLeftOff: number;
  /** Only after applying devices: the new ones, in the file's order, with their secrets, which nothing ever shows again. */
  devices: EnrolledDevice[] | null;
}

/** A row that adds or changes something. */
export interface ImportedRow {
  /** As in `ImportProblem`. */
  row: number;
  /** Of the area or the worker. */
  code: string;
  /** Of the area or the worker; of a device its label. */
  name: string | null;
  /** True: new; false: changed. */
  added: boolean;
  /** What is changed, by the names of the file's fields; empty for new ones. */
  fields: string[];
}

export interface JobInfo {
  /** Such as `coverage`. */
  name: string;
  /** IANA name of the zone in which schedules are meant and windows have their days. */
  zone: string;
  /** When it runs by itself; none: only when somebody asks. */
  schedules: JobScheduleInfo[];
  /** When it is due next. */
  next: string | null;
  /** Days that one run may span. */
  mostDays: number;
  /** A window that has waited longer since it fell due is late. */
  lateAfterSeconds: number;
  /** How long the oldest window that fell due and is not done has waited; 0: none waits. */
  lateSeconds: number;
  /** Whether that is too long. */
  late: boolean;
  /** Runs that wait. */
  queued: number;
  /** The run under way. */
  running: JobRunInfo | null;
  /** The newest run that has ended. */
  last: JobRunInfo | null;
}

/** One run of a job over whole days, as answered by `GET /api/jobs/runs/{id}`. */
export interface JobRunInfo {
  /** Counts up. */
  id: number;
  /** The job's name. */
  job: string;
  /** The first day, such as 2026-01-31. */
  from: string;
  /** The day after the last. */
  to: string;
  /** How far it has come. A run whose node has died is running until another takes it up. */
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** When its window fell due; null: somebody asked for it. */
  due: string | null;
  /** User name; null: the schedule. */
  askedBy: string | null;
  /** When it was queued. */
  askedAt: string;
  /** When its newest attempt began. */
  started: string | null;
  /** When it ended. */
  ended: string | null;
  /** How long its newest attempt has taken. */
  seconds: number | null;
  /** Above 1: a node died under it. */
  attempts: number;
  /** Where it runs or ran. */
  node: string | null;
  /** 0 to 1; null: not known. */
  progress: number | null;
  /** In units of the job's own. */
  done: number;
  /** 0: not known. */
  total: number;
  /** Units a second, while it runs. */
  rate: number | null;
  /** While it runs at that rate. */
  remainingSeconds: number | null;
  /** What went wrong, one line, and under it why. */
  error: string | null;
  /** What it did, in a sentence. */
  result: string | null;
  /** What it did, in numbers by name. */
  counts: Record<string, number> | null;
  /** The run that it does again. */
  retryOf: number | null;
}

export interface JobScheduleInfo {
  /** Seconds, minutes, hours, days of the month, months, days of the week. */
  cron: string;
  /** The days that it asks for. */
  window: 'today' | 'yesterday' | 'lastWeek' | 'lastMonth' | 'lastQuarter';
  /** When it is due next. */
  next: string | null;
}

/** All background jobs, as answered by `GET /api/jobs`. */
export interface JobsInfo {
  /** One for each job that the server has. */
  items: JobInfo[];
  /** Whether the asking administrator may run, cancel and retry: who administers the whole center. */
  mayRun: boolean;
}

/** Body of `POST /api/jobs/{name}/runs`: days such as 2026-01-31, or moments in ISO 8601 with their zone; widened to whole days. */
export interface NewJobRun {
  /** Inclusive. */
  from?: string | null;
  /** Exclusive. */
  to?: string | null;
}

/** One page of a list. `next` is the cursor of the following page, null on the last. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Body of `POST /api/positions`: up to 5,000 reports. */
export interface PositionBatch {
  reports: PositionBatchItem[];
}

/**
 * One report of `POST /api/positions` (JSON camelCase or MessagePack map, the same names).
 * Degrees WGS-84, metres, metres per second; `fixTime` in ms since 1970 UTC (JSON may also give ISO 8601).
 * A report without coordinates is a heartbeat.
 */
export interface PositionBatchItem {
  /** The device's user name; needed with a gateway's credentials, ignored with a device's own. */
  device?: string | null;
  fixTime: number;
  longitude?: number | null;
  latitude?: number | null;
  speedMps?: number | null;
  headingDegrees?: number | null;
  accuracyMeters?: number | null;
  altitudeMeters?: number | null;
  /** Charge left, 0–100 per cent. */
  battery?: number | null;
  mock: boolean;
}

/** What became of one report. `status` is accepted, heartbeat or refused; `reason` is set when refused. */
export interface PositionBatchItemResult {
  index: number;
  status: 'accepted' | 'heartbeat' | 'refused';
  reason: RefusalReason | null;
  /** Quality flags of an accepted fix: mock, inaccurate, implausible-speed, late, out-of-order. */
  flags: ('mock' | 'inaccurate' | 'implausible-speed' | 'late' | 'out-of-order')[] | null;
  /** For people: what was wrong with this item. */
  detail: string | null;
}

/** Answer of `POST /api/positions`, item by item in the order sent. */
export interface PositionBatchResult {
  accepted: number;
  refused: number;
  items: PositionBatchItemResult[];
}

export interface StreetRefusal {
  /** Its place in the file, from 0. */
  feature: number;
  /** Why it is no street. */
  reason: string;
}

/** The streets as they are, as answered by `GET /api/streets` and by `PUT`, there with what was passed over. */
export interface StreetReport {
  /** Lines; 0: travel times are the straight line's times a factor. */
  streets: number;
  /** All together. */
  kilometers: number;
  /** Lines with a name. */
  named: number;
  /** Connected parts: a file whose lines do not share positions where they meet falls into many. */
  parts: number;
  /** The first 100 features that are no streets. */
  refused: StreetRefusal[];
  /** All of them. */
  refusedCount: number;
}

/** Inside one grid from its first to its last fix there. */
export interface AreaVisit {
  area: string;
  from: string;
  to: string;
  lengthMeters: number;
}

export interface ErasedTable {
  /** Of the database. */
  table: string;
  /** Deleted, or to be. */
  rows: number;
  /** In them; 0 where a row is none. */
  fixes: number;
}

export interface KeptBeside {
  /** alarmWords: who, where and what was said of alarms that are over; alarms: the alarms themselves, with their ledgers; coverage: what squares earned; assessmentEvidence: what stands behind scores; assessment: the scores. */
  what: 'alarmWords' | 'alarms' | 'coverage' | 'assessmentEvidence' | 'assessment';
  /** From their end. */
  days: number;
}

/**
 * The newest fix of a worker; what the phone did not say is null. `area` is the code of the smallest area in the viewer's scope
 * that it lies in; `flags` are mock, inaccurate, implausible-speed and late.
 */
export interface LatestFix {
  at: string;
  heardAt: string;
  longitude: number;
  latitude: number;
  accuracyMeters: number | null;
  speedMps: number | null;
  headingDegrees: number | null;
  batteryPercent: number | null;
  charging: boolean;
  area: string | null;
  flags: string[];
}

export interface NearbyWorker {
  /** Code. */
  worker: string;
  /** As on the roster; null when it has none. */
  name: string | null;
  /** As on the roster. */
  role: string;
  /** Code of the home area. */
  area: string | null;
  /** From the place to the nearest fix. */
  meters: number;
  /** When that fix was. */
  at: string;
  /** Since when no longer on the roster; null while there. */
  left: string | null;
}

/** Who was near a place between two moments, as answered by `GET /api/tracks/near`. */
export interface NearbyWorkers {
  /** Nearest first; at most 200. */
  items: NearbyWorker[];
  /** How many others of the viewer's area were near and are not among `items`. */
  more: number;
  /** How many were near whose home is outside the viewer's area. */
  outside: number;
  /** All that phones were answered for before it was looked at. */
  complete: string;
  /** Stored stretches that were left out because they are damaged. */
  unreadable: number;
}

/** Body of `POST /api/tracks/holds`: tracks of these workers between two moments are kept for a case, whatever their age. */
export interface NewTrackHold {
  /** Codes; null when `area` is given. */
  workers?: string[] | null;
  /** Inclusive. */
  from: string;
  /** Exclusive. */
  to: string;
  /** When the hold ends by itself; at most ten years away. */
  until: string;
  /** The case's number. */
  case?: string | null;
  /** Why. */
  reason?: string | null;
  /** Code: everybody who is at home in it or below when the hold is placed. */
  area?: string | null;
}

/** Body of `POST /api/tracks/notes`. The same again, by its id, is one note. */
export interface NewTrackNote {
  /** A UUID that the writer makes. */
  id?: string | null;
  /** Code. */
  worker?: string | null;
  /** Of the track. */
  at: string;
  /** 1 to 500 characters. */
  text?: string | null;
}

/**
 * Fixes one after another that are set aside for one reason. Nothing between `from` and `to` is kept; at these moments themselves
 * another phone of the worker may have one that is.
 */
export interface SetAsideRun {
  /** Of the first of them. */
  from: string;
  /** Of the last; the same where it is one. */
  to: string;
  /** Why. */
  reason: SetAsideReason;
  /** How many. */
  count: number;
}

/**
 * A part of the answer to a `TrackRequest`, streamed in order of time, so that a replay can begin while the rest still comes.
 * The packed HTTP answer (`TrackChunk.PackedType`) is the same chunks, each as u32 length (little-endian) and this record in MessagePack.
 */
export interface TrackChunk {
  /** Who the slots of `segments` are; each slot is named in the first chunk that holds it. */
  names: WallName[] | null;
  /**
   * Segments one after another, each u32 length (little-endian) and a track as `TrackCodec` version 1 has it, its worker number being the slot.
   * The segments of one worker come in order of time, do not overlap, and hold nothing outside the interval.
   */
  segments: Uint8Array;
  /** Ms since 1970 UTC up to which every worker's segments have been sent. */
  sentUntil: number;
  /** In the last chunk only. */
  end: TrackEnd | null;
}

/** What one worker's day amounted to, as it is kept: answered by `GET /api/tracks/days`. Lengths in metres, durations in seconds, no places. */
export interface TrackDay {
  /** Code. */
  worker: string;
  /** As on the roster. */
  name: string;
  /** Of the center's zone, such as 2026-01-31. */
  day: string;
  /** Accepted fixes, before cleaning. */
  fixes: number;
  /** Of these, what cleaning left out. */
  dropped: number;
  /** The first fix that was believed; null without any. */
  firstAt: string | null;
  /** The last one. */
  lastAt: string | null;
  /** Along all trips. */
  lengthMeters: number;
  /** Sum of the trips' durations without gaps. */
  movingSeconds: number;
  /** Of all trips; null without trips. */
  topSpeedMps: number | null;
  /** How many. */
  trips: number;
  /** How many. */
  stops: number;
  /** Sum of the stops' durations. */
  stoppedSeconds: number;
  /** When it was summed up last. */
  summedAt: string;
  /** When late fixes changed the summary of a day that was over; null: never. */
  correctedAt: string | null;
  /** Something was stored since and is not in it yet. */
  due: boolean;
  /** False: fixes came after the day's raw track had been let go, and are not in it nor ever will be; or stored stretches were damaged. */
  complete: boolean;
}

/** What a reader must know once everything has come. */
export interface TrackEnd {
  /** Server time, ms since 1970 UTC: what was answered to phones before it is among the segments. */
  complete: number;
  workers: number;
  fixes: number;
  /** Workers who were in the area then but whose home is outside the viewer's: their tracks are not told. */
  outside: number;
  /** Stored stretches, of an hour of one worker at most, that are damaged and could not be read: their fixes are missing here. */
  unreadable: number;
}

/** What an erasure would delete. `plan` is the word that does it, for a quarter of an hour. */
export interface TrackErasurePlan {
  worker: string;
  tables: ErasedTable[];
  heldFor: string[];
  plan: string | null;
  stays: string[];
}

/**
 * That a person's tracks were deleted, without anything of what was in them. `sha256` is of the receipt as docs/exports.md says;
 * null while the deletion goes on. `laterFixes` came afterwards and were deleted too.
 */
export interface TrackErasureReceipt {
  id: number;
  worker: string;
  requestedAt: string;
  requestedBy: string;
  reason: string;
  case: string | null;
  finishedAt: string | null;
  tables: ErasedTable[];
  laterFixes: number;
  sha256: string | null;
  stays: string[];
}

/** Body of `POST /api/workers/{code}/erasure`. Without `plan` nothing is deleted and the answer is a plan. */
export interface TrackErasureRequest {
  reason?: string | null;
  case?: string | null;
  plan?: string | null;
}

/** No fix came on duty from `from` until before `to`. */
export interface TrackGap {
  from: string;
  to: string;
}

/**
 * A hold, as answered by `GET /api/tracks/holds`. `workers` are the first 50 of the `count` in the viewer's area, those outside
 * it are counted in `others`. `area`: the area that was named, when the viewer may see it.
 */
export interface TrackHold {
  id: number;
  workers: string[];
  others: number;
  from: string;
  to: string;
  until: string;
  case: string;
  reason: string;
  placedAt: string;
  placedBy: string;
  releasedAt: string | null;
  releasedBy: string | null;
  count: number;
  area: string | null;
}

/** What somebody wrote at a moment of a worker's track, as answered by `GET /api/tracks/notes`. */
export interface TrackNote {
  /** A UUID, in small letters. */
  id: string;
  /** Code. */
  worker: string;
  /** Of the track, to the millisecond. */
  at: string;
  /** 1 to 500 characters; its lines end with a line feed. */
  text: string;
  /** User name. */
  author: string;
  /** The viewer may delete it: wrote it, or administers the worker's area. */
  removable: boolean;
  /** When it was written. */
  createdAt: string;
}

export interface TrackReimportRefusal {
  /** The code as the file has it; empty where there is none, or for the rest of many. */
  worker: string;
  /** bad-line, unknown-worker (or outside the administrator's area), erased, past-keeping or future. */
  reason: string;
  /** So many. */
  fixes: number;
  /** The first of them within the request, from 1. */
  line: number;
}

/** What a re-import did with the fixes of one request: `POST /api/tracks/reimport`. */
export interface TrackReimportReport {
  /** Lines that were sent. */
  fixes: number;
  /** Fixes that were missing and are stored now. */
  restored: number;
  /** Fixes that were there already, and repeats of one within the request. */
  present: number;
  /** Fixes of which the store has another version (same device and moment): it stays as it is. */
  differing: number;
  /** Stored parts of these hours that cannot be read: what they held was taken for missing. */
  damagedParts: number;
  /** What was not taken, by worker and reason. */
  refused: TrackReimportRefusal[];
}

/** Argument of `WallHub.Tracks`: either workers or an area, and an interval. */
export interface TrackRequest {
  /** Codes of the workers; null when `area` is given. */
  workers?: string[] | null;
  /** Code of an area: the workers whose fixes lie in it between `from` and `to`, wherever they are at home. */
  area?: string | null;
  /** Inclusive, ms since 1970 UTC. */
  from: number;
  /** Exclusive, ms since 1970 UTC. */
  to: number;
  /** Why somebody looks: on the audit trail, and shown to the worker. Needed. */
  reason?: string | null;
  /** Number of the case it belongs to; may be missing. */
  case?: string | null;
}

/**
 * How long raw tracks are kept, as answered by `GET /api/tracks/retention`: `days` unless a rule of the home area or of the nearest above it
 * says otherwise. `above`: what such a rule above the viewer's own area says, where there is one. `beside`: what is kept for a time of its own.
 */
export interface TrackRetention {
  days: number;
  rules: TrackRetentionRule[];
  above: number | null;
  beside: KeptBeside[];
}

/** Body of `PUT /api/tracks/retention/{area}`: 1 to 3,650 days. */
export interface TrackRetentionChange {
  days: number;
  reason?: string | null;
}

/** What a rule would change, as answered by `GET /api/tracks/retention/{area}/preview`; nothing is changed by asking. */
export interface TrackRetentionPreview {
  /** Code. */
  area: string;
  /** Kept now. */
  daysNow: number;
  /** Kept with the rule, or without it. */
  daysThen: number;
  /** At home where the rule would count: in the area and below, but for areas with rules of their own. */
  people: number;
  /** Tracks before this would be past their keeping. */
  before: string;
  /** Pieces and segments that would go at once; null when they cannot be counted in time. */
  rows: number | null;
  /** In those. */
  fixes: number | null;
  /** Pieces and segments as old that cases keep. */
  held: number | null;
  /** The oldest hour of what would go. */
  oldest: string | null;
  /** It goes within so many minutes. */
  roundMinutes: number;
}

export interface TrackRetentionRule {
  /** Code. */
  area: string;
  /** Raw tracks of people at home in it, and below it, are deleted after so many. */
  days: number;
  /** Why. */
  reason: string;
  /** When. */
  setAt: string;
  /** User name. */
  setBy: string;
}

/** What a page must know to show tracks as the server means them, as answered by `GET /api/tracks/settings`. */
export interface TrackSettings {
  /** A longer silence is a gap. */
  gapSeconds: number;
  /** For a device that reports seldom: so many times its median reporting interval, where that is more. */
  gapIntervals: number;
  /** No gap's threshold is longer. */
  trackEndSeconds: number;
  /** Workers times hours of one request that names workers. */
  maxWorkerHours: number;
  /** Hours of one request for an area. */
  maxAreaHours: number;
}

/** Within some metres of one place for some minutes. `area`: code of the smallest area in the viewer's scope that holds it. */
export interface TrackStop {
  from: string;
  to: string;
  longitude: number;
  latitude: number;
  area: string | null;
}

/** What one worker's cleaned track between two moments amounts to, as answered by `GET /api/tracks/summary`. Lengths in metres, durations in seconds. */
export interface TrackSummary {
  /** Code. */
  worker: string;
  /** Inclusive. */
  from: string;
  /** Exclusive. */
  to: string;
  /** Accepted fixes, before cleaning. */
  fixes: number;
  /** Of these, what cleaning left out. */
  dropped: number;
  /** Along all trips. */
  lengthMeters: number;
  /** Sum of the trips' durations without gaps. */
  movingSeconds: number;
  /** Length by moving time; null without trips. */
  averageSpeedMps: number | null;
  /** Highest plausible speed between fixes; null without trips. */
  topSpeedMps: number | null;
  /** In order of time. */
  trips: TrackTrip[];
  /** In order of time. */
  stops: TrackStop[];
  /** Silences on duty longer than the threshold: no data, which is not absence. Fixes that cleaning left out are data, too. */
  gaps: TrackGap[];
  /** Stays in grids, in order of time. */
  visits: AreaVisit[];
  /** The fixes that the cleaned view does without, in order of time: what cleaning dropped, and the drift of a resting phone. At most the first 2,000 runs, and 20,000 of one answer. */
  setAside: SetAsideRun[];
  /** How many fixes are set aside after the last of these runs, or are told of none: there is more than is listed. Usually 0. */
  setAsideMore: number;
  /** Stored stretches, of an hour each at most, are damaged and not in it: it is of the rest, and a gap may be theirs. */
  unreadable: boolean;
}

/** On the way, from leaving one stop to reaching the next, or to where the track ends. */
export interface TrackTrip {
  from: string;
  to: string;
  lengthMeters: number;
  movingSeconds: number;
  averageSpeedMps: number | null;
  topSpeedMps: number | null;
}

/**
 * Where one worker was between `from` and `to`, as answered by `GET /api/workers/{code}/track`.
 * The three columns are of one length and sorted by time: `at` in ms since 1970 UTC, longitude and latitude in 1e-7 degrees WGS-84.
 */
export interface WorkerTrack {
  /** Code. */
  worker: string;
  /** Inclusive. */
  from: string;
  /** Exclusive. */
  to: string;
  /** The newest fix among the columns. Null: none. */
  storedUntil: string | null;
  /** How many fixes there are; the columns hold fewer when `thinned`. */
  fixes: number;
  /** Fixes were left out evenly, so that the answer stays small. */
  thinned: boolean;
  /** Walked or ridden: steps of at least 15 m between trustworthy fixes, so that a resting phone's drift adds nothing. */
  distanceMeters: number;
  at: number[];
  longitudeE7: number[];
  latitudeE7: number[];
  /** Silences on duty. */
  gaps: TrackGap[];
  /** The fix shown on the wall now, whatever the interval asked for; null when there is none. */
  latest: LatestFix | null;
  /** Stored stretches, of an hour each at most, are damaged and not in it: it is of the rest, and a gap may be theirs. */
  unreadable: boolean;
}

/**
 * What changed in a wall's scope since its last frame. `records` holds `count` records of
 * `WallRecord.Size` bytes; a full frame replaces all that was known before.
 */
export interface WallFrame {
  /** Names the numbering of ticks: of one server process and scope. Empty when the frame cannot be resumed from. */
  epoch: string;
  tick: number;
  /** Server time at which the frame was cut, ms since 1970 UTC; ages count back from it. */
  time: number;
  full: boolean;
  count: number;
  records: Uint8Array;
  /** Names of slots that this wall may not have been told yet. */
  names: WallName[] | null;
  /** Changed head counts, `AreaCountRecord`s; at most once a second. */
  counts: Uint8Array | null;
  /** More workers are in view than a frame carries: no markers, only `counts`; zoom in (send bounds) to see them. */
  crowded: boolean;
}

/** Who a slot is. A stranger (home outside the viewer's area) has role and code only. */
export interface WallName {
  slot: number;
  worker: string;
  name: string | null;
  /** gridLeader, gridWorker, auxiliary or reserve. */
  role: WorkerRole;
  /** Code of the home area; null for a stranger. */
  area: string | null;
}

/** Argument of `WallHub.Watch`. */
export interface WatchRequest {
  /** Code of the area to watch. */
  area: string;
  /** The epoch of the last frame drawn; with `tick` it resumes. Another epoch gets a full frame. */
  epoch?: string | null;
  tick?: number | null;
  /** West, south, east, north in degrees: only workers inside. Null: the whole area. With bounds the first frame is always full. */
  bounds?: number[] | null;
}

/** Body of `POST /api/workers/{code}/duty`. */
export interface DutyChange {
  onDuty: boolean;
}

/** Body of `POST /api/workers/{code}/follow`, sent when following starts: why, which the worker can read. */
export interface FollowRequest {
  reason?: string | null;
}

/** Body of `POST /api/workers`. */
export interface NewWorker {
  code: string;
  name: string;
  role: WorkerRole;
  area: string;
  phone?: string | null;
  skills?: string[] | null;
}

/** Body of `PUT /api/workers/{code}`: replaces name, role, area and phone, a missing phone being none; missing skills stay as they are. */
export interface RosterChange {
  name?: string | null;
  role?: WorkerRole | null;
  area?: string | null;
  phone?: string | null;
  skills?: string[] | null;
}

/**
 * A worker on the roster. `id` is the slot in wall frames; `code` the name used everywhere else.
 * `phone` is null for the wall role; `role` is gridLeader, gridWorker, auxiliary or reserve.
 * `skills`: what the worker can do, in words of the district's own.
 * `left`, only with `leavers=true`: since when the worker is no longer on the roster; null while there.
 */
export interface WorkerInfo {
  id: number;
  code: string;
  name: string;
  role: WorkerRole;
  area: string;
  phone: string | null;
  onDuty: boolean;
  skills: string[];
  left: string | null;
}

/** What a wall calls on the wall hub. */
export const WallHub = {
  path: '/hubs/wall',
  /** Streams what changes in the scope until the client cancels; one at a time for each connection. */
  watch: 'Watch',
  /**
   * Streams tracks, with a row on the audit trail for each worker; beside the watched picture and as often as wanted. Refused with 400, 403, 428 (no reason),
   * 429 (too many at once) or 503 (the log or the store is away) at the beginning of the error's text.
   */
  tracks: 'Tracks',
  /** Streams the open alarms in the viewer's whole area and what becomes of them, whatever is watched; until the client cancels, one at a time for each connection. */
  alarms: 'Alarms',
  /** The client has drawn this alarm: the first time of each wall is a step of the alarm's ledger. */
  alarmShown: 'AlarmShown',
  /** The client has drawn the frame of this tick: at most two frames stand unacknowledged. */
  shown: 'Shown',
} as const;

/** What the wall hub (`/hubs/wall`) calls on its clients, beside the stream of `WallFrame`s that Watch returns. */
export const WallClient = {
  /** The account was disabled, changed or signed out: the connection closes after this. */
  signedOut: 'SignedOut',
} as const;
