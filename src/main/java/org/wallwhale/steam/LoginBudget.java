package org.wallwhale.steam;

/**
 * How many logins a Steam account has had and may have.
 *
 * @param loginsLastHour in the last 60 minutes
 * @param budget logins that it may have in any hour
 * @param waitSeconds until the next one may be; 0 for now
 * @param needsHelp waits for an administrator
 */
public record LoginBudget(String alias, int loginsLastHour, int budget, long waitSeconds, boolean needsHelp) {
    public static LoginBudget of(LoginsLeft account) {
        return new LoginBudget(account.alias(), account.had(), account.budget(), account.pause().toSeconds(), account.needsHelp());
    }
}
