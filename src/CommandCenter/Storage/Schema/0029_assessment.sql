-- One reckoning of a period. A closed one is frozen, hashed and signed; what comes late or is appealed makes a new version that says what is different.
create table assessment_snapshots (
    id uuid primary key,
    period text not null check (period in ('week', 'month', 'quarter')),
    starts date not null,
    ends date not null,                -- exclusive
    version int not null,
    policy_version int not null,
    closed_at timestamptz,
    made_at timestamptz not null,
    reason text not null,
    difference jsonb,
    hash bytea,
    signature bytea,
    unique (period, starts, version)
);

create table assessment_scores (
    id bigint generated always as identity primary key,
    snapshot_id uuid not null references assessment_snapshots (id) on delete cascade,
    subject_kind smallint not null,
    subject text not null,
    area_id int not null,
    worker_id int,
    total real,
    band text,
    covered_weight real not null,
    body jsonb not null,
    unique (snapshot_id, subject_kind, subject)
);

create index assessment_scores_worker on assessment_scores (worker_id) where worker_id is not null;

-- Days that are nobody's fault: leave, rest days, places without signal. Withdrawn, not deleted.
create table assessment_exclusions (
    id int generated always as identity primary key,
    subject_kind smallint not null,
    subject text not null,
    kind text not null check (kind in ('leave', 'rest-day', 'no-signal')),
    from_day date not null,
    to_day date not null,              -- exclusive
    note text,
    set_by text not null,
    set_at timestamptz not null,
    withdrawn_by text,
    withdrawn_at timestamptz,
    check (to_day > from_day)
);

create table assessment_appeals (
    id uuid primary key,
    score_id bigint not null references assessment_scores (id),
    indicator text,
    words text not null,
    worker_id int,
    made_by text not null,
    made_at timestamptz not null,
    state text not null check (state in ('open', 'upheld', 'rejected')),
    decided_by text,
    decided_at timestamptz,
    decision text,
    snapshot_id uuid references assessment_snapshots (id)
);

create index assessment_appeals_score on assessment_appeals (score_id);
create index assessment_appeals_open on assessment_appeals (made_at) where state = 'open';
