-- What Steam publicly says of the item, as far as it was asked.
alter table downloads add kind varchar(10) default 'ITEM' not null;
alter table downloads add preview_url varchar(500);
alter table downloads add expected_bytes bigint;
-- An item's contents are looked for whatever app they are of: that is known only when Steam was asked.
create index contents_of_item on contents (pubfile_id, source);
