-- Who came with the token of another issuer; both are null for users of our own. Such a user has no password, and an address that
-- no mail reaches.
alter table users add issuer varchar(500);
alter table users add subject varchar(255);
alter table users add constraint users_of_issuer unique (issuer, subject);
