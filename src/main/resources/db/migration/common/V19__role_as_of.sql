-- When the token was issued that an external user's role is from: an older one, still good, does not bring an older role back.
alter table users add role_as_of timestamp with time zone;
