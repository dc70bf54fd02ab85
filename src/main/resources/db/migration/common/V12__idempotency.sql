-- Answers that are given once more to a call that is sent again. The id is a hash of who called, the operation and the
-- Idempotency-Key. A row without an answer says nothing: it is there to be locked by the call that runs.
create table idempotency_keys (
    id           varchar(64) primary key,
    request_hash varchar(64),
    answer       varchar(1000000),
    used_at      timestamp with time zone not null
);
create index idempotency_keys_by_age on idempotency_keys (used_at);
