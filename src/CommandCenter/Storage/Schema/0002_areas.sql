-- The tree of areas. A polygon is versioned, because yesterday's patrol is judged by yesterday's border.
create table areas (
    id int generated always as identity primary key,
    code text not null unique,
    parent_id int references areas (id),
    kind smallint not null,
    grid_type smallint,
    name text not null,
    name_en text,
    created_at timestamptz not null,
    check ((kind = 4) = (grid_type is not null))
);

create index areas_parent on areas (parent_id);

-- WKB, WGS-84, X longitude, Y latitude; valid_to is exclusive and null for the version in force.
create table area_versions (
    area_id int not null references areas (id),
    valid_from timestamptz not null,
    valid_to timestamptz,
    geometry bytea not null,
    primary key (area_id, valid_from),
    check (valid_to > valid_from)
);

create unique index area_versions_in_force on area_versions (area_id) where valid_to is null;
