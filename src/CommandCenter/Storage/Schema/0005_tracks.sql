-- How far each partition of the position log has been written to tracks: moved on in the transaction that inserts the pieces.
create table track_positions (
    partition int primary key,
    position text not null
);

-- Stretches of one worker's fixes within one UTC hour, insert-only; folded later into one segment per worker and hour.
-- Bounds in 1e-7 degrees, times in ms since 1970 UTC, length in metres; body as TrackCodec writes it.
create table track_pieces (
    worker_id int not null,
    hour_ms bigint not null,
    first_ms bigint not null,
    last_ms bigint not null,
    fixes int not null,
    west int not null,
    south int not null,
    east int not null,
    north int not null,
    length_meters real not null,
    body bytea not null
);

create index track_pieces_worker_hour on track_pieces (worker_id, hour_ms);

-- Entries of the position log that could not be decoded, set aside so that the writer never loops on them.
create table poisoned_log_entries (
    partition int not null,
    position text not null,
    seen_at timestamptz not null,
    reason text not null,
    body bytea not null,
    primary key (partition, position)
);
