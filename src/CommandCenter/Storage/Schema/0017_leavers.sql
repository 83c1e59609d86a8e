-- Leavers are searched for by page, in order of id: among millions on the roster they are few, and nobody else is looked at.
create index workers_left on workers (id) where left_at is not null;
