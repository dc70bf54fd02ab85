-- Links to finished content for people without an account. A link's text is derived from the id by a key that lies in the data folder.
create table shares (
    id               uuid primary key,
    user_id          uuid        not null references users,
    api_key_id       uuid        references api_keys,
    download_id      uuid        references downloads on delete cascade,
    batch_id         uuid        references batches on delete cascade,
    password_hash    varchar(200),
    max_downloads    integer,
    bytes_per_second bigint,
    expires_at       timestamp with time zone not null,
    created_at       timestamp with time zone not null,
    version          integer     not null,
    views            bigint      not null,
    zip_bytes        bigint      not null,
    bytes_sent       bigint      not null,
    last_used_at     timestamp with time zone,
    noted_at         timestamp with time zone,
    check (download_id is null and batch_id is not null or download_id is not null and batch_id is null)
);
-- What is being sent, by each life of an instance: what a life that has ended had reserved counts no longer. Whoever writes here has locked
-- the share's row.
create table share_reservations (
    share_id uuid        not null references shares on delete cascade,
    boot_id  varchar(36) not null,
    bytes    bigint      not null check (bytes >= 0),
    primary key (share_id, boot_id)
);
create index shares_of_download on shares (download_id);
create index shares_of_batch on shares (batch_id);
create index shares_by_end on shares (expires_at);
