-- A step of the cleanup begins at the oldest content, however many there are.
create index contents_by_age on contents (created_at);
