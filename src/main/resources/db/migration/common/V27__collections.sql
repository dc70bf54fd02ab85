-- The collection that a download is a part of. Its own row is the parent's; a part never outlives it.
alter table downloads add parent_id uuid references downloads;
create index downloads_of_parent on downloads (parent_id, status);
