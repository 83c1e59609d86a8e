-- What is assessed, and how: never changed, a new version instead. valid_from: the first day of the periods it is for. legal_basis: why hours and mileage may
-- count, where they do.
create table assessment_policies (
    version int primary key,
    valid_from date not null,
    body jsonb not null,
    note text,
    legal_basis text,
    made_by text not null,
    made_at timestamptz not null
);
