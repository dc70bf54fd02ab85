-- Lists of items that were submitted at once, and what became of each line.
create table batches (
    id         uuid primary key,
    user_id    uuid        not null references users,
    source     varchar(10) not null,
    created_at timestamp with time zone not null
);

create table batch_lines (
    batch_id    uuid        not null references batches on delete cascade,
    position    integer     not null,
    pubfile_id  varchar(20),
    result      varchar(10) not null,
    download_id uuid        references downloads on delete set null,
    code        varchar(40),
    message     varchar(1000),
    primary key (batch_id, position)
);
create index batch_lines_of_download on batch_lines (download_id);
