-- A page of a user's batches is read where it begins.
create index batches_of_user on batches (user_id, created_at desc, id desc);
