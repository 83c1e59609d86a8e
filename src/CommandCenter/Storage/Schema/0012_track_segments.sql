-- One worker's fixes of one UTC hour, folded from pieces; replaced when late pieces are folded in. A partition holds the hours of one UTC day and is
-- attached by the folding before it is needed. Columns as those of track_pieces. The hour leads the key: a district's hour is one stretch of it, a worker's
-- day 24 places. Bodies do not compress, so PostgreSQL is not asked to try.
create table track_segments (
    hour_ms bigint not null,
    first_ms bigint not null,
    last_ms bigint not null,
    worker_id int not null,
    fixes int not null,
    west int not null,
    south int not null,
    east int not null,
    north int not null,
    length_meters real not null,
    body bytea not null,
    primary key (hour_ms, worker_id)
) partition by range (hour_ms);

alter table track_segments alter column body set storage external;
alter table track_pieces alter column body set storage external;

-- Pieces are found as segments are.
drop index track_pieces_worker_hour;
create index track_pieces_hour_worker on track_pieces (hour_ms, worker_id);

-- All that is stored of a worker's hour, for whoever reads: in one statement, so that what is being folded is seen in one place or the other.
create view track_parts as
    select worker_id, hour_ms, first_ms, last_ms, fixes, west, south, east, north, length_meters, body from track_segments
    union all
    select worker_id, hour_ms, first_ms, last_ms, fixes, west, south, east, north, length_meters, body from track_pieces;
