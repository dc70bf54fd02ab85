package org.wallwhale.audit;

/**
 * A request that was refused.
 *
 * @param action the method, in lower case
 * @param subject the path
 * @param why the sentence that the client got
 * @param isEndless true where nothing limits how often the same caller may be refused
 */
record Refusal(Actor actor, String action, String subject, String why, boolean isEndless) {
    private static final int TOO_MANY_REQUESTS = 429;

    static Refusal of(Actor actor, String action, String subject, String why, int status) {
        return new Refusal(actor, action, subject, why, actor.isStranger() || status == TOO_MANY_REQUESTS);
    }

    /** Whose refusals count as one, as the end of a sentence. */
    String source() {
        return actor.keyId().map(key -> "of the key " + key).or(() -> actor.userId().map(user -> "of the user " + user))
                .orElseGet(() -> "from " + Actor.network(actor.address()));
    }
}
