-- How long raw tracks of people at home in an area, and below it, are kept, where it is not as long as elsewhere: the nearest area above a worker's home counts.
create table track_retention (
    area_id int primary key references areas (id),
    days int not null check (days between 1 and 3650),
    reason text not null,
    set_at timestamptz not null,
    set_by text not null
);

-- What is kept for a case whatever its age, until a moment or until it is released. Ended holds stay as a record.
create table track_holds (
    id bigint generated always as identity primary key,
    case_number text not null,
    reason text not null,
    from_ms bigint not null,           -- inclusive, of FixTime
    to_ms bigint not null,             -- exclusive
    until timestamptz not null,
    placed_at timestamptz not null,
    placed_by text not null,
    released_at timestamptz,
    released_by text,
    check (from_ms < to_ms)
);

create table track_hold_workers (
    hold_id bigint not null references track_holds (id),
    worker_id int not null,
    primary key (hold_id, worker_id)
);

create index track_hold_workers_worker on track_hold_workers (worker_id);

-- Deletions of one person's tracks on request, each at once a job and its receipt: no place and no time of the person's is in it. What turns up
-- afterwards of the time before (the log's tail, a phone's old queue) is deleted until settles_at and counted apart.
create table track_erasures (
    id bigint generated always as identity primary key,
    worker_id int not null,
    requested_at timestamptz not null,
    until_ms bigint not null,          -- exclusive, of FixTime
    account_id int not null,
    user_name text not null,
    reason text not null,
    case_number text,
    finished_at timestamptz,
    settles_at timestamptz not null,
    later_fixes bigint not null default 0,
    sha256 text                        -- of the receipt, once it is finished
);

create index track_erasures_open on track_erasures (settles_at);

create table track_erasure_counts (
    erasure_id bigint not null references track_erasures (id),
    table_name text not null,
    rows bigint not null,
    fixes bigint not null,
    primary key (erasure_id, table_name)
);
