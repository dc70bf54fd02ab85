alter table users add rate_limit integer;
alter table users add quota_daily integer;
alter table users add quota_monthly integer;
alter table users add downloads_daily integer;
alter table users add downloads_monthly integer;
alter table users add max_concurrent integer;
alter table users add max_runtime_seconds integer;

alter table api_keys add rate_limit integer;
alter table api_keys add quota_daily integer;
alter table api_keys add quota_monthly integer;
alter table api_keys add downloads_daily integer;
alter table api_keys add downloads_monthly integer;
alter table api_keys add max_concurrent integer;
alter table api_keys add max_runtime_seconds integer;
