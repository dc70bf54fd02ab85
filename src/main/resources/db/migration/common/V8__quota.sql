-- How much of each limit is used, or given out to an instance: one row a window. holder is a user or an API key.
create table usage_counters (
    holder       uuid        not null,
    policy       varchar(20) not null,
    window_start timestamp with time zone not null,
    used         bigint      not null,
    primary key (holder, policy, window_start)
);
create index usage_counters_by_age on usage_counters (policy, window_start);
