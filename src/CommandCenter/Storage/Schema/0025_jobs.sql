-- Quartz makes its own tables here; see docs/decisions/0020-jobs-on-quartz.md.
create schema if not exists quartz;

-- Every run of a job over a window of whole days: the queue and the history in one. Rows of ended runs are let go by age and by count.
create table job_runs (
    id bigint generated always as identity primary key,
    job text not null,
    window_from date not null,
    window_to date not null,           -- the day after the last
    due_at timestamptz,                -- null: somebody asked for it
    asked_by text,                     -- null: the schedule
    asked_at timestamptz not null,
    retry_of bigint,
    state smallint not null,           -- JobRunState
    attempts int not null default 0,   -- also tells who may still write: the newest attempt
    cancel_asked boolean not null default false,
    done bigint not null default 0,
    total bigint not null default 0,   -- 0: not known
    started_at timestamptz,            -- of the newest attempt
    ended_at timestamptz,
    node text,
    error text,
    result text,
    counts jsonb
);

create unique index job_runs_queued on job_runs (job, window_from, window_to) where state = 0;
create index job_runs_open on job_runs (job, id) where state <= 1;
create index job_runs_of_job on job_runs (job, id);

-- Up to when a job's schedule has been turned into runs. A window falls due once, on whichever node, and none is lost while all were down.
create table job_timings (
    job text not null,
    cron text not null,
    window_rule text not null,
    planned_to timestamptz not null,
    primary key (job, cron, window_rule)
);
