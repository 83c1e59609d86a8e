-- Streets on which people go to an alarm. Replaced whole by an import; lines meet where they share a position.
create table streets (
    id int generated always as identity primary key,
    class smallint not null check (class between 0 and 4),
    name text,
    name_en text,
    line bytea not null                -- WKB LineString, WGS-84, X longitude
);
