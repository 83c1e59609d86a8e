-- What a worker earned on a day of the center's zone: squares with dwell, visits and passes. As personal as the track, and let go with it. input stands for the
-- fixes it was reckoned from: another one means that it is to be reckoned again.
create table coverage_worker_days (
    day date not null,
    worker_id int not null,
    input bigint not null,
    credited_ms bigint not null,
    cells int not null,
    body bytea not null,
    primary key (day, worker_id)
);

alter table coverage_worker_days alter column body set storage external;
create index coverage_worker_days_worker on coverage_worker_days (worker_id, day);

-- The days that were reckoned. version grows with each change of a day, for caches; corrected_at and correction: when and by how much a day that was over
-- came out otherwise than before.
create table coverage_days (
    day date primary key,
    version bigint not null,
    reckoned_at timestamptz not null,
    corrected_at timestamptz,
    correction jsonb,
    workers int not null,
    credited_ms bigint not null,
    cells int not null,
    visits bigint not null,
    passes bigint not null
);

-- All workers' sums of a day, by tiles of 64 by 64 squares. Nobody's name is in them: kept longer than tracks.
create table coverage_tiles (
    day date not null,
    tile_column int not null,
    tile_row int not null,
    body bytea not null,
    primary key (day, tile_column, tile_row)
);

alter table coverage_tiles alter column body set storage external;
