-- Only ever added to, by each instance once a minute, so that neither instances nor logins spoil the count. failed_at_login is what
-- it was at the last login.
alter table users add failed_logins integer default 0 not null;
alter table users add last_failed_login_at timestamp with time zone;
alter table users add failed_at_login integer default 0 not null;
-- The login before this one, and what failed_logins was then.
alter table sessions add previous_login_at timestamp with time zone;
alter table sessions add failed_before integer default 0 not null;
