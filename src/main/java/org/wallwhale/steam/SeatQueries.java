package org.wallwhale.steam;

/**
 * What {@link Seats} decides, as conditions on a row {@code d} of the table {@code downloads}, for the claim. Of its parameters
 * {@code ?2} is now and {@code ?4} the outgoing address.
 */
public final class SeatQueries {
    private static final String ADDRESS_IS_OPEN = """
            not exists (select 1 from steam_addresses x where x.address = ?4 and (x.rate_limited_until > ?2 or x.next_login_at > ?2))""";
    private static final String REFUSED = """
            exists (select 1 from seat_refusals f where f.download_id = d.id and f.seat_id = %1$s)""";
    private static final String APP_REFUSED = """
            exists (select 1 from steam_apps p where p.app_id = d.app_id and p.seat_id = %1$s and not p.works)""";
    private static final String ANONYMOUS = "cast('" + Seat.ANONYMOUS + "' as uuid)";
    private static final String ANONYMOUSLY = "d.account_name is null and not " + REFUSED.formatted(ANONYMOUS) + " and not "
            + APP_REFUSED.formatted(ANONYMOUS);
    private static final String WAY = """
            select 1 from steam_accounts a where a.status = 'ACTIVE' and (d.account_name is null or a.alias = d.account_name)
                and (a.owner_id is null or a.owner_id = d.user_id
                    or d.account_name is not null and exists (select 1 from users u2 where u2.id = d.user_id and u2.role = 'ADMIN'))
                and not %s and (d.account_name is not null or not %s)""".formatted(REFUSED.formatted("a.id"), APP_REFUSED.formatted("a.id"));
    private static final String FREE = """
            a.needs_login is null and (a.rate_limited_until is null or a.rate_limited_until <= ?2)
                and (a.next_login_at is null or a.next_login_at <= ?2) and (a.test_until is null or a.test_until <= ?2)
                and not exists (select 1 from downloads r where r.status = 'RUNNING' and r.seat_id = a.id)""";

    /** True unless the download waits for a seat that it will have one day. One that never will is claimed, to be told so. */
    public static final String DOES_NOT_WAIT = "(not d.needs_login or (" + ANONYMOUSLY + ") and " + ADDRESS_IS_OPEN
            + " or not (" + ANONYMOUSLY + ") and (not exists (" + WAY + ") or " + ADDRESS_IS_OPEN + " and exists (" + WAY + " and " + FREE + ")))";

    /**
     * What a download waits for that needs a login: an anonymous login, the account that it names, any that may have its app, or just
     * any, because the anonymous seat refused not the app but the item. Nothing where no seat is left, so that it is claimed.
     */
    public static final String WAITS_FOR = "case when not d.needs_login then '' when " + ANONYMOUSLY + " then 'anonymous' when not exists (" + WAY + ") then ''"
            + " when d.account_name is not null then '@' || d.account_name when " + APP_REFUSED.formatted(ANONYMOUS)
            + " then 'app ' || cast(d.app_id as varchar) else 'any' end";

    /**
     * Of what {@link #WAITS_FOR} says, all that is open: rows of a {@code name} and the user for whom it is, empty for everybody.
     * Whatever {@link #DOES_NOT_WAIT} is true of waits for one of them, or for nothing. Of its own parameters {@code ?1} is now and
     * {@code ?2} the outgoing address.
     */
    public static final String OPEN = ("select 'anonymous' as name, '' as owner from claim_lock where id = 1 and " + ADDRESS_IS_OPEN
            + " union select case k.kind when 'any' then 'any' when '@' then '@' || a.alias else 'app ' || cast(k.app_id as varchar) end,"
            + " coalesce(cast(a.owner_id as varchar), '') from steam_accounts a cross join (select 'any' as kind, cast(-1 as bigint) as app_id"
            + " union all select '@', -1 union all select 'app', p.app_id from steam_apps p where p.seat_id = " + ANONYMOUS + " and not p.works) k"
            + " where a.status = 'ACTIVE' and " + ADDRESS_IS_OPEN + " and " + FREE + " and not exists (select 1 from steam_apps q"
            + " where q.app_id = k.app_id and q.seat_id = a.id and not q.works)").replace("?2", "?1").replace("?4", "?2");

    private SeatQueries() {
    }
}
