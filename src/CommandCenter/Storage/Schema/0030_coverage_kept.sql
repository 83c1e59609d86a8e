-- Stretches of stored tracks that could not be read and are in no square: of a worker's day, and of all workers' day.
alter table coverage_worker_days add column damaged int not null default 0;
alter table coverage_days add column damaged int not null default 0;

-- The middle of the zone that all squares of the center lie in, degrees east. Kept from the first reckoning on: in another one every square would be another.
create table coverage_plane (
    one boolean primary key default true check (one),
    meridian smallint not null,
    kept_since timestamptz not null
);
