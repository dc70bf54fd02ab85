-- How a user wants the page to look; null is as for whoever has not said so.
alter table users add theme varchar(12);
alter table users add density varchar(12);
alter table users add language varchar(12);
