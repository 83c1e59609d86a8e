-- A day whose raw track was let go, all or in part, cannot be summed up again: its summary stays as it was. incomplete_since says from when on it is known
-- that fixes of the day are not in it, because they came after the track had gone.
alter table track_days add column raw_dropped_at timestamptz;
alter table track_days add column incomplete_since timestamptz;
