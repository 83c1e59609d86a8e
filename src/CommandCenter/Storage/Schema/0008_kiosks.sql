-- An account without a password is a paired display: nobody can sign in as it, and disabling it revokes it.
alter table accounts alter column password_hash drop not null;

-- Views are pairs of area and seconds, in their order.
create table kiosks (
    account_id int primary key references accounts (id),
    name text not null,
    language text not null,
    style text not null,
    view_areas int[] not null,
    view_seconds int[] not null,
    reload_at text,
    created_at timestamptz not null,
    last_seen_at timestamptz,
    check (cardinality(view_areas) = cardinality(view_seconds))
) with (fillfactor = 70);

-- Displays that show a code. account_id is the kiosk once an administrator entered it; rows are few and short-lived.
create table kiosk_pairings (
    id uuid primary key,
    code text not null unique,
    secret_hash bytea not null,
    network text not null,
    expires_at timestamptz not null,
    account_id int references accounts (id)
);
