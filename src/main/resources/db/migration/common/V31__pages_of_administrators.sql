-- A page of everybody's downloads, with or without a status, is read where it begins; the items of collections, which are in no page,
-- are not walked through.
create index downloads_by_time on downloads (parent_id, created_at desc, id desc);
create index downloads_by_status on downloads (parent_id, status, created_at desc, id desc);
-- How many of each status a user has, without the items of collections.
create index downloads_of_user_to_count on downloads (user_id, parent_id, status);
-- What finished within the last day, however much did before.
create index downloads_by_end on downloads (completed_at desc, id);

-- When a run first entered each phase; its login begins with it, and it is ready at its end.
alter table attempts add needs_input_at timestamp with time zone;
alter table attempts add downloading_at timestamp with time zone;
alter table attempts add verifying_at timestamp with time zone;
