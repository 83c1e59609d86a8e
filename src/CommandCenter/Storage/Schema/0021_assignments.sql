-- Who was sent to which alarm. One worker has at most one open assignment (states 1 to 5): the index decides between two dispatchers.
create table assignments (
    id uuid primary key,
    team uuid not null,                -- of the request that sent them together; a retry finds it
    alarm_id uuid not null,
    worker_id int not null,
    area_id int not null,              -- the worker's home then
    state smallint not null,           -- AssignmentState
    note text check (char_length(note) <= 500),
    account_id int not null,
    sent_by text not null,
    sent_at timestamptz not null,
    answer_by timestamptz,             -- null once there is an answer
    changed_at timestamptz not null,
    steps int not null                 -- as many as there are below
);

create unique index assignments_worker_open on assignments (worker_id) where state <= 5;
create index assignments_alarm on assignments (alarm_id, sent_at);
create index assignments_due on assignments (answer_by) where answer_by is not null;

create table assignment_steps (
    assignment_id uuid not null references assignments (id),
    number int not null,
    state smallint not null,
    at timestamptz not null,
    by_name text,                      -- null: the center
    implied boolean not null,
    note text check (char_length(note) <= 500),
    told boolean not null,             -- the alarm's ledger has it, or need not
    primary key (assignment_id, number)
);

create index assignment_steps_untold on assignment_steps (at) where not told;
