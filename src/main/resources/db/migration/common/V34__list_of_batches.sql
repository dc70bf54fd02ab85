-- A page of a user's batches is read where it begins; H2 takes the index that it makes for the reference, and sorts what the user has.
create index batches_of_user on batches (user_id, created_at desc, id desc);
