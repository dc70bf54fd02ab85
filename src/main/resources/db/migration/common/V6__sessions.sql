-- A row is a login that goes on; when it ends, the row goes. The hash is that of the newest refresh token.
create table sessions (
    id           uuid primary key,
    user_id      uuid        not null references users on delete cascade,
    refresh_hash varchar(64) not null,
    created_at   timestamp with time zone not null,
    used_at      timestamp with time zone not null
);
create index sessions_of_user on sessions (user_id);
create index sessions_by_use on sessions (used_at);
