-- People who sign in. stamp changes with password, role, area or when disabled, which ends all their sessions.
create table accounts (
    id int generated always as identity primary key,
    user_name text not null,
    password_hash text not null,
    role smallint not null,
    area_id int not null references areas (id),
    stamp text not null,
    created_at timestamptz not null,
    disabled_at timestamptz
);

create unique index accounts_user_name on accounts (lower(user_name));

-- Who did what to whom and why. Rows are never changed.
create table audit (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    account_id int,
    user_name text not null,
    action text not null,
    worker_id int,
    area_id int,
    reason text,
    detail text
);

create index audit_area on audit (area_id, id);
create index audit_worker on audit (worker_id, id) where worker_id is not null;

-- One-time links that make the first administrator, kept as SHA-256 alone.
create table setup_links (
    token_hash bytea primary key,
    expires_at timestamptz not null
);

-- Facts about the installation as a whole, such as that it holds a demo.
create table settings (
    name text primary key,
    value text not null
);
