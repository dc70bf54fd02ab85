create table audit_entries (
    id          uuid primary key,
    written_at  timestamp with time zone not null,
    user_id     uuid,
    key_id      uuid,
    address     varchar(64)  not null,
    request_id  varchar(64)  not null,
    action      varchar(60)  not null,
    subject     varchar(300) not null,
    result      varchar(10)  not null,
    detail      varchar(1000),
    before_text varchar(100000),
    after_text  varchar(100000),
    position    bigint unique,
    hash        varchar(64)
);
create index audit_entries_by_time on audit_entries (written_at, id);
create index audit_entries_by_user on audit_entries (user_id, written_at, id);

-- One row, locked by whoever links entries into the chain.
create table audit_chain (
    id               integer primary key,
    dropped_position bigint      not null,
    dropped_hash     varchar(64) not null,
    last_position    bigint      not null,
    last_hash        varchar(64) not null,
    signature        varchar(64)
);
insert into audit_chain (id, dropped_position, dropped_hash, last_position, last_hash)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', 0,
        '0000000000000000000000000000000000000000000000000000000000000000');
