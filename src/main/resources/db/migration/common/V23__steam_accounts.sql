-- Steam accounts: what an administrator says of each, its secrets sealed, and below that what runs taught.
create table steam_accounts (
    id                 uuid primary key,
    alias              varchar(64)   not null unique,
    login_name         varchar(64)   not null,
    password           varchar(1000) not null,
    shared_secret      varchar(1000),
    display_name       varchar(200),
    status             varchar(10)   not null,
    owner_id           uuid          references users,
    version            integer       not null,
    created_at         timestamp with time zone not null,
    updated_at         timestamp with time zone not null,
    -- why a person has to do something first, as the reason's code
    needs_login        varchar(40),
    rate_limited_until timestamp with time zone,
    -- how often in a row
    rate_limits        integer       default 0 not null,
    -- when the budget has room again
    next_login_at      timestamp with time zone,
    last_used_at       timestamp with time zone,
    -- while a test login has the account's home
    test_until         timestamp with time zone,
    tested_at          timestamp with time zone,
    test_result        varchar(40),
    test_detail        varchar(1000)
);
