-- Ground that nobody patrols: water, closed land. WKB, WGS-84, X longitude, Y latitude; valid_to is exclusive and null while in force.
create table coverage_masks (
    id int generated always as identity primary key,
    code text not null,
    name text not null,
    kind text not null check (kind in ('water', 'closed')),
    geometry bytea not null,
    valid_from timestamptz not null,
    valid_to timestamptz,
    added_by text not null,
    check (valid_to > valid_from)
);

create unique index coverage_masks_in_force on coverage_masks (code) where valid_to is null;

-- After how many days without a visit a square is a blind spot: of an area and all below it that has none of its own.
create table coverage_targets (
    area_id int primary key references areas (id),
    days int not null check (days between 1 and 365),
    set_by text not null,
    set_at timestamptz not null
);
