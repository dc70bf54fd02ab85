alter table users add storage_quota_bytes bigint;
alter table users add must_change_password boolean default false not null;
alter table users add version integer default 0 not null;
alter table users add updated_at timestamp with time zone default current_timestamp not null;
alter table users add last_login_at timestamp with time zone;
alter table users add deleted_at timestamp with time zone;
create index users_by_time on users (created_at, id);

-- One row, locked by whoever makes, changes or deletes users by hand: the last administrator could not be kept otherwise.
create table user_lock (
    id integer primary key
);
insert into user_lock (id) values (1);
