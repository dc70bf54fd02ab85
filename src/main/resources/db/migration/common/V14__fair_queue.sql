-- Whose turn was when: the fence of each owner's newest claim. Owners take turns by it.
create table claim_turns (
    user_id uuid   primary key references users,
    fence   bigint not null
);
create index downloads_of_owner_to_claim on downloads (user_id, status, priority desc, created_at, id);
alter table claim_lock add paused boolean default false not null;
