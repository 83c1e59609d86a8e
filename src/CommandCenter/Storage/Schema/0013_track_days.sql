-- "Something of this worker's hour was stored": a row for each piece, inserted in the transaction that inserts the piece, deleted by whoever takes it to
-- track_days. No key and no index: nothing that the writer would have to wait for, and whoever sees the row sees the piece.
create table track_days_due (
    worker_id int not null,
    hour_ms bigint not null
);

-- What a worker's day (of the center's zone) amounts to. Kept longer than the track itself, so no places. Metres, seconds, m/s, ms since 1970 UTC.
-- marks grows with each taking; due_since is set as long as the day is to be summed up, again or for the first time; corrected_at: when a day that was over and
-- summed up came out otherwise than before, because fixes came late.
create table track_days (
    worker_id int not null,
    day date not null,
    marks int not null,
    due_since timestamptz,
    summed_at timestamptz,
    corrected_at timestamptz,
    fixes int not null default 0,
    dropped int not null default 0,
    first_ms bigint,
    last_ms bigint,
    length_meters real not null default 0,
    moving_seconds real not null default 0,
    top_speed_mps real not null default 0,
    trips int not null default 0,
    stops int not null default 0,
    stopped_seconds real not null default 0,
    primary key (worker_id, day)
);

create index track_days_due_since on track_days (due_since) where due_since is not null;

insert into track_days_due (worker_id, hour_ms) select distinct worker_id, hour_ms from track_parts;
