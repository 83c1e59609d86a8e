-- What a worker can do beside walking: words of the district's own, as they stand in its lists (急救, 消防, 手语).
alter table workers add column skills text[] not null default '{}';

-- How much somebody was sent about of late weighs when the next one is looked for.
create index assignments_sent on assignments (sent_at);
