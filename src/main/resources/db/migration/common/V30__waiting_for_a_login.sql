-- What has to be open before a download that needs a login can be claimed, see SeatQueries; empty where nothing is known to, which is
-- how rows of an older version begin, and where no seat is left, which it is claimed to be told.
alter table downloads add waits_for varchar(110) default '' not null;
create index downloads_to_claim_by_wait on downloads (status, waits_for, user_id, priority desc, created_at, id);
