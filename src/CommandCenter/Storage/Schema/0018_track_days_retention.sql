-- Summaries of days are let go oldest day first.
create index track_days_day on track_days (day);

-- Since when something of the day is gone for good that is in no summary: it was stored and let go before it was summed up. A day whose track was put back is whole
-- again when it says what it said before, unless there is such a thing. Of days that lack something already, or
-- were not summed up as they were when it went, nobody knows.
alter table track_days add column lost_since timestamptz;
update track_days set lost_since = coalesce(incomplete_since, raw_dropped_at)
where raw_dropped_at is not null
    and (summed_at is null or due_since is not null or incomplete_since is not null
        or exists (select 1 from track_days_due n where n.worker_id = track_days.worker_id and n.hour_ms / 86400000 - (track_days.day - date '1970-01-01') between -1 and 1));
