-- One row, locked by every claim: the short critical section that all instances of this database share.
-- Every claim takes the next number; whoever holds a lower one for the same download was overtaken.
create table claim_lock (
    id         integer primary key,
    last_fence bigint not null
);
insert into claim_lock (id, last_fence) values (1, 0);

create table users (
    id            uuid primary key,
    email         varchar(254) not null unique,
    password_hash varchar(200) not null,
    role          varchar(10)  not null,
    active        boolean      not null,
    created_at    timestamp with time zone not null
);

create table api_keys (
    id           uuid primary key,
    user_id      uuid         not null references users,
    name         varchar(100) not null,
    kind         varchar(4)   not null,
    prefix       varchar(20)  not null,
    last_four    varchar(4)   not null,
    hash         varchar(64)  not null unique,
    scopes       varchar(200) not null,
    active       boolean      not null,
    expires_at   timestamp with time zone,
    created_at   timestamp with time zone not null
);
create index api_keys_by_user on api_keys (user_id);

create table contents (
    id           uuid primary key,
    source       varchar(10) not null,
    app_id       bigint      not null,
    pubfile_id   varchar(20) not null,
    version      varchar(40) not null,
    folder       varchar(300) not null,
    size_bytes   bigint      not null,
    file_count   integer     not null,
    zip_sha256   varchar(64),
    created_at   timestamp with time zone not null,
    unique (source, app_id, pubfile_id, version)
);

create table content_files (
    content_id uuid    not null references contents on delete cascade,
    position   integer not null,
    path       varchar(4096) not null,
    size_bytes bigint  not null,
    crc32      bigint  not null,
    sha256     varchar(64) not null,
    primary key (content_id, position)
);

create table downloads (
    id                uuid primary key,
    user_id           uuid        not null references users,
    api_key_id        uuid        references api_keys,
    pubfile_id        varchar(20) not null,
    app_id            bigint      not null,
    source            varchar(10) not null,
    account_name      varchar(100),
    save_root         varchar(500),
    export_folder     varchar(540),
    priority          integer     not null,
    start_at          timestamp with time zone,
    status            varchar(10) not null,
    phase             varchar(12),
    title             varchar(300),
    version           varchar(40),
    content_id        uuid        references contents,
    attempt           integer     not null,
    attempts_left     integer     not null,
    fence             bigint      not null,
    instance_id       varchar(100),
    boot_id           varchar(36),
    lease_until       timestamp with time zone,
    child_pid         bigint,
    child_started_at  timestamp with time zone,
    cancel_requested  boolean     not null,
    log_seq           bigint      not null,
    bytes_total       bigint,
    error_code        varchar(40),
    error_message     varchar(1000),
    error_advice      varchar(500),
    created_at        timestamp with time zone not null,
    updated_at        timestamp with time zone not null,
    started_at        timestamp with time zone,
    completed_at      timestamp with time zone,
    expires_at        timestamp with time zone
);
create index downloads_to_claim on downloads (status, priority desc, created_at, id);
create index downloads_of_user on downloads (user_id, created_at desc, id);
create index downloads_of_item on downloads (pubfile_id, status);
create index downloads_of_content on downloads (content_id);

create table attempts (
    download_id uuid    not null references downloads on delete cascade,
    number      integer not null,
    fence       bigint  not null,
    instance_id varchar(100) not null,
    started_at  timestamp with time zone not null,
    ended_at    timestamp with time zone,
    first_seq   bigint  not null,
    outcome     varchar(40),
    detail      varchar(1000),
    exit_code   integer,
    primary key (download_id, number)
);

create table log_lines (
    download_id uuid    not null references downloads on delete cascade,
    seq         bigint  not null,
    attempt     integer not null,
    written_at  timestamp with time zone not null,
    kind        varchar(10) not null,
    text        varchar(9000) not null,
    primary key (download_id, seq)
);
