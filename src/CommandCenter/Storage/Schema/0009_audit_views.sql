-- What the viewer was then; null in rows older than this column.
alter table audit add column role smallint;

-- The trail is read by person, by act and by time, not by area alone; signing in last is looked up for each account.
create index audit_user on audit (lower(user_name), id);
create index audit_action on audit (action, id);
create index audit_at on audit (at);
create index audit_sign_in on audit (account_id, id) where action = 'sign-in';
