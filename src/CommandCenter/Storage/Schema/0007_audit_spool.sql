-- A row that was written while PostgreSQL was away, by its id in the spool: so that draining twice writes once.
alter table audit add column spool_id text unique;
