-- How often each API key called each endpoint, one row a UTC day.
create table key_usage (
    key_id   uuid         not null references api_keys,
    utc_day  date         not null,
    endpoint varchar(200) not null,
    requests bigint       not null,
    primary key (key_id, utc_day, endpoint)
);
create index key_usage_by_age on key_usage (utc_day);
