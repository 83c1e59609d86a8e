-- Pieces of tracks that PostgreSQL refuses for what they are: set aside in the transaction that moves the log position on, for a person to look
-- at. Bounded by the writer: when it is full the writer waits, and the log holds what comes.
create table track_rejects (
    id bigint generated always as identity primary key,
    partition int not null,
    log_from text not null,
    log_to text not null,
    seen_at timestamptz not null,
    reason text not null,
    worker_id int not null,
    hour_ms bigint not null,
    fixes int not null,
    body bytea not null
);
