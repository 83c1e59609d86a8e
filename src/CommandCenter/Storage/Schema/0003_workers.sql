-- The roster. changed_version is the version of directory 'workers' at which a row last changed: nodes load only what is newer. Writers
-- bump the directory first and so hold its row until they commit, which makes versions commit in order.
create table workers (
    id int generated always as identity primary key,
    code text not null,
    name text not null,
    role smallint not null,
    home_area_id int not null references areas (id),
    phone text,
    created_at timestamptz not null,
    left_at timestamptz,
    changed_version bigint not null
);

create unique index workers_code on workers (lower(code));
create index workers_changed on workers (changed_version);
create index workers_home on workers (home_area_id, id);

-- On duty from started_at until before ended_at, which is null while the period is open.
create table duty_periods (
    worker_id int not null references workers (id),
    started_at timestamptz not null,
    ended_at timestamptz,
    primary key (worker_id, started_at),
    check (ended_at >= started_at)
);

create unique index duty_periods_open on duty_periods (worker_id) where ended_at is null;

-- Secrets are 128 random bits, kept as SHA-256 alone. changed_version as above, of directory 'devices'.
create table devices (
    id int generated always as identity primary key,
    worker_id int not null references workers (id),
    label text,
    user_name text not null unique,
    secret_hash bytea not null,
    osmand_hash bytea not null unique,
    enrolled_at timestamptz not null,
    enrolled_by int not null,
    revoked_at timestamptz,
    revoked_by int,
    changed_version bigint not null
);

create index devices_worker on devices (worker_id, id);
create index devices_changed on devices (changed_version);

-- A system that hands in positions of many devices, all of workers at home under its area.
create table gateways (
    id int generated always as identity primary key,
    name text not null,
    user_name text not null unique,
    secret_hash bytea not null,
    area_id int not null references areas (id),
    created_at timestamptz not null,
    revoked_at timestamptz
);
