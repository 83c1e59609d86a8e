-- What people wrote at a moment of somebody's track. The id is the writer's, so that a retry is the same note. Goes with the raw track of its moment, and with the person's erasure.
create table track_notes (
    id uuid primary key,
    worker_id int not null,
    at_ms bigint not null,             -- of the track's time, ms since 1970 UTC
    text text not null check (char_length(text) between 1 and 500),
    account_id int not null,
    author text not null,              -- the account's name then
    created_at timestamptz not null
);

create index track_notes_worker on track_notes (worker_id, at_ms, id);

-- Whom a hold named as an area: everybody at home in it when it was placed, who stand in track_hold_workers.
alter table track_holds add column area_id int references areas (id);

