-- A step of the cleanup begins at the oldest batch, however many there are.
create index batches_by_age on batches (created_at);
