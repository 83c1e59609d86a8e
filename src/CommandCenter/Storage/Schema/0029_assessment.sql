-- One reckoning of a period. While it runs there is one, replaced each time (closed_at is null); closed, it is frozen, hashed and signed, and what comes late or is appealed
-- makes a new version that says what is different.
create table assessment_snapshots (
    id uuid primary key,
    period text not null check (period in ('week', 'month', 'quarter')),
    starts date not null,
    ends date not null,                -- exclusive
    version int not null,
    policy_version int not null,
    closed_at timestamptz,
    made_at timestamptz not null,
    looked_at timestamptz not null,    -- when it was last reckoned and came out so
    reason text not null,              -- provisional, closed, late-data, exclusion, appeal
    difference jsonb,                  -- against the version before
    hash bytea,                        -- over the hashes of its rows
    signature bytea,                   -- of the hash, ECDSA on P-256
    signer bytea,                      -- the key's public half
    unique (period, starts, version)
);

create index assessment_snapshots_made on assessment_snapshots (starts desc, period, version desc);

-- What somebody or some area came to. hash: over salt and what the row says. When a person is erased the row keeps its hash alone, so that the snapshot's stays verifiable, and without
-- the salt nobody can try what it said. evidence: brotli of JSON; its own hash is in the body, so that it may be let go sooner.
create table assessment_scores (
    id bigint generated always as identity primary key,
    snapshot_id uuid not null references assessment_snapshots (id) on delete cascade,
    subject_kind smallint not null,    -- SubjectKind
    subject text,                      -- a worker's or an area's code then; null once erased
    area_id int not null,              -- the worker's home then, or the area itself
    worker_id int,
    total double precision,
    band text,
    covered_weight double precision not null,
    body text,
    evidence bytea,
    salt bytea,
    hash bytea not null,
    erased_at timestamptz,
    unique (snapshot_id, subject_kind, subject)
);

alter table assessment_scores alter column evidence set storage external;
create index assessment_scores_worker on assessment_scores (worker_id) where worker_id is not null;

-- Days that are nobody's fault: leave, rest days, places without signal. Withdrawn, not deleted.
create table assessment_exclusions (
    id int generated always as identity primary key,
    subject_kind smallint not null,
    worker_id int,
    area_id int not null,              -- the worker's home when it was set, or the area itself
    kind text not null check (kind in ('leave', 'rest-day', 'no-signal')),
    from_day date not null,
    to_day date not null,              -- exclusive
    note text check (char_length(note) <= 500),
    set_by text not null,
    set_at timestamptz not null,
    withdrawn_by text,
    withdrawn_at timestamptz,
    check (to_day > from_day)
);

create index assessment_exclusions_days on assessment_exclusions (to_day, from_day);

create table assessment_appeals (
    id uuid primary key,
    score_id bigint not null references assessment_scores (id),
    indicator text,                    -- null: the whole score
    words text not null check (char_length(words) <= 2000),
    worker_id int,                     -- whose score; null of an area
    account_id int,                    -- who filed it; null: the worker, by a phone
    made_by text not null,
    made_at timestamptz not null,
    state text not null check (state in ('open', 'upheld', 'rejected')),
    decided_by text,
    decided_at timestamptz,
    decision text,
    exclusion_id int references assessment_exclusions (id),
    snapshot_id uuid references assessment_snapshots (id) on delete set null   -- the version that came of it
);

create index assessment_appeals_score on assessment_appeals (score_id);
create index assessment_appeals_made on assessment_appeals (made_at desc, id);
create unique index assessment_appeals_open on assessment_appeals (score_id, coalesce(indicator, '')) where state = 'open';
