-- An alarm as it stands, for lists; what happened is in alarm_ledger. Times are ms since 1970 UTC, as in the log.
create table alarms (
    id uuid primary key,
    source text not null,
    kind text not null,
    priority smallint not null,
    state text not null,
    device_id int,
    worker_id int,
    worker_code text,
    home_area_id int not null,
    place_area_id int,
    occurred_ms bigint not null,
    arrived_ms bigint not null,
    late boolean not null,
    off_duty boolean not null,
    exercise boolean not null,
    longitude double precision,
    latitude double precision,
    accuracy_meters double precision,
    note text,
    level int not null,
    repeats int not null,
    acknowledged_by text,
    acknowledged_ms bigint,
    closed_ms bigint,
    shown_ms bigint,
    reopened int not null,
    clock_ms bigint not null,
    version bigint not null,
    entries int not null,
    head bytea not null
);

create index alarms_arrived on alarms (arrived_ms desc, id desc);
create index alarms_home on alarms (home_area_id, arrived_ms desc);
create index alarms_place on alarms (place_area_id, arrived_ms desc) where place_area_id is not null;
create index alarms_worker on alarms (worker_id, arrived_ms desc) where worker_id is not null;
create index alarms_open on alarms (id) where closed_ms is null;
create index alarms_closed on alarms (closed_ms) where closed_ms is not null;

-- Steps, only ever added, each with a hash over the one before. number counts from 1 for each alarm and is given under a lock of the alarm's row. direct: written while
-- Redis was away, so that other nodes find it here alone.
create table alarm_ledger (
    alarm_id uuid not null references alarms (id),
    number int not null,
    event_id uuid not null unique,
    step text not null,
    at_ms bigint not null,
    actor text,
    payload_sha256 bytea not null,
    prev_hash bytea not null,
    hash bytea not null,
    direct boolean not null,
    stored_at timestamptz not null default clock_timestamp(),
    primary key (alarm_id, number)
);

create index alarm_ledger_stored on alarm_ledger using brin (stored_at);
create index alarm_ledger_direct on alarm_ledger (stored_at) where direct;

-- What a step says of people. May be deleted: the ledger holds its salted hash alone, and stays verifiable.
create table alarm_payloads (
    alarm_id uuid not null,
    number int not null,
    salt bytea not null,
    payload text not null,
    primary key (alarm_id, number),
    foreign key (alarm_id, number) references alarm_ledger (alarm_id, number)
);

-- How far the alarms' log has been written through; moved in the transaction of what it stands for.
create table alarm_log_position (
    one boolean primary key default true check (one),
    position text not null
);

insert into alarm_log_position (position) values ('0-0');

-- Webhooks to send: written with the step they tell of, one row each.
create table alarm_outbox (
    event_id uuid not null,
    hook text not null,
    alarm_id uuid not null,
    body text not null,
    attempts int not null default 0,
    next_at timestamptz not null default clock_timestamp(),
    sent_at timestamptz,
    failed_at timestamptz,
    primary key (event_id, hook)
);

create index alarm_outbox_due on alarm_outbox (hook, next_at) where sent_at is null and failed_at is null;
