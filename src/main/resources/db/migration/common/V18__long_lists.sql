-- A page of one status, and the end of an owner's history, are read where they begin, however long the rest is.
create index downloads_of_user_by_status on downloads (user_id, status, created_at desc, id);
create index downloads_of_user_by_end on downloads (user_id, completed_at desc, id);
