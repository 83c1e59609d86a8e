-- When what an alarm says of people was deleted, ms since 1970 UTC: on request, or because its keeping was over. Words of steps that come later are not kept.
alter table alarms add column erased_ms bigint;

-- Alarms past their keeping are let go oldest end first; those with their words sooner.
create index alarms_closed_words on alarms (closed_ms) where closed_ms is not null and erased_ms is null;

create index alarm_outbox_alarm on alarm_outbox (alarm_id);

-- Null: the worker's data were erased. That somebody was sent stays.
alter table assignments alter column worker_id drop not null;

create index assignments_worker on assignments (worker_id, sent_at);

-- Since when nothing of the person's tracks is left, where an erasure still waits for something else (an alarm that is open, a case).
alter table track_erasures add column tracks_gone_at timestamptz;
