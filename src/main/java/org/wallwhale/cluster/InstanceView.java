package org.wallwhale.cluster;

import java.time.Instant;

/**
 * An instance on the wire. What it says is up to five seconds old.
 *
 * @param bootId another one with each start
 * @param address host and port, as far as the instance knows them
 * @param slots downloads that it runs at the same time; {@code running} of them are taken
 * @param alive false once nothing was heard of it for 15 seconds
 */
public record InstanceView(String id, String bootId, String version, String address, int slots, int running, Instant startedAt,
        Instant seenAt, boolean alive) {
    static InstanceView of(Member member, boolean alive) {
        return new InstanceView(member.id(), member.bootId(), member.version(), member.address(), member.slots(), member.running(),
                member.startedAt(), member.seenAt(), alive);
    }
}
