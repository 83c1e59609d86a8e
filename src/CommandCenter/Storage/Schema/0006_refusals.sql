-- What was refused of each device, for its page. Counts only grow; a device's go with it.
create table device_refusals (
    device_id int not null references devices (id) on delete cascade,
    reason smallint not null,          -- Refusal
    count bigint not null,
    last_at timestamptz not null,
    last_detail text,
    primary key (device_id, reason)
);

-- When each device was last heard at all, kept or refused; written every few seconds.
create table device_contacts (
    device_id int primary key references devices (id) on delete cascade,
    last_at timestamptz not null
) with (fillfactor = 70);
