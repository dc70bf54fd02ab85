-- Who logs in with what: the logins of the last hours, how outgoing addresses stand, and what works for which app.
create table steam_logins (
    id           uuid primary key,
    account_id   uuid,
    address      varchar(100) not null,
    logged_in_at timestamp with time zone not null
);
create index steam_logins_of_account on steam_logins (account_id, logged_in_at);
create index steam_logins_of_address on steam_logins (address, logged_in_at);

create table steam_addresses (
    address            varchar(100) primary key,
    rate_limited_until timestamp with time zone,
    rate_limits        integer default 0 not null,
    next_login_at      timestamp with time zone
);

-- seat_id: an account's id, or all zeros for anonymous
create table steam_apps (
    app_id     bigint  not null,
    seat_id    uuid    not null,
    works      boolean not null,
    learned_at timestamp with time zone not null,
    primary key (app_id, seat_id)
);

-- needs_login: known to wait for a seat. The account is in use while the download runs, whoever runs it.
alter table downloads add needs_login boolean default false not null;
alter table downloads add seat_id uuid;
alter table downloads add seat_alias varchar(64);

-- the seats that cannot fetch this download
create table seat_refusals (
    download_id uuid not null references downloads on delete cascade,
    seat_id     uuid not null,
    primary key (download_id, seat_id)
);
