-- Files that people put beside an alarm. The ledger names each with its SHA-256. No foreign key: the alarm's own row may still be on its way here.
create table alarm_attachments (
    alarm_id uuid not null,
    id uuid not null,                  -- the sender's, so that a retry is the same file
    name text not null check (char_length(name) between 1 and 160),
    type text not null,
    size int not null,
    sha256 bytea not null,
    content bytea not null,
    speaker text not null,             -- a and an account's number, or w and a worker's
    by_name text not null,
    after_end boolean not null,
    at_ms bigint not null,
    told boolean not null,             -- the alarm's ledger has it
    primary key (alarm_id, id)
);

-- Pictures and films are packed already.
alter table alarm_attachments alter column content set storage external;

create index alarm_attachments_untold on alarm_attachments (at_ms) where not told;
