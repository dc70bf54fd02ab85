-- Who shares this database: one row for each instance that runs, or was killed not long ago. Times are by the database's clock.
create table instances (
    id         varchar(100) primary key,
    boot_id    varchar(36)  not null,
    version    varchar(60)  not null,
    address    varchar(300) not null,
    slots      integer      not null,
    running    integer      not null,
    started_at timestamp with time zone not null,
    seen_at    timestamp with time zone not null
);
