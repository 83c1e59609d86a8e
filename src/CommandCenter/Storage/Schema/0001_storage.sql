-- Directories (areas, workers, accounts) are held in memory by every node; a writer bumps the version in its transaction.
create table directory_versions (
    name text primary key,
    version bigint not null
);

-- Data Protection's keys: shared, so that a cookie made by one node is good on all.
create table data_protection_keys (
    id bigint generated always as identity primary key,
    friendly_name text not null,
    xml text not null,
    created_at timestamptz not null default now()
);
