-- When the display last looked whether its code was entered: a code that nobody looks at any more may give its place to another's.
alter table kiosk_pairings add column polled_at timestamptz not null default now();
