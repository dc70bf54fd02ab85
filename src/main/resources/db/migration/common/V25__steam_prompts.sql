-- What Steam Guard asks right now, and the sealed answer until the run has read it. The subject is a download, or an account
-- whose login is tested.
create table steam_prompts (
    subject_id uuid primary key,
    fence      bigint       not null,
    account_id uuid,
    kind       varchar(20)  not null,
    hint       varchar(300) not null,
    attempt    integer      not null,
    until      timestamp with time zone not null,
    answer     varchar(1000)
);
