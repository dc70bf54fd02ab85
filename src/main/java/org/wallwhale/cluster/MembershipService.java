package org.wallwhale.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wallwhale.database.ClockRepository;

/** Which instances share this database. It only informs: who may run what is a matter of leases, not of this. */
@ApplicationScoped
public class MembershipService {
    private static final Duration ALIVE_WITHIN = Duration.ofSeconds(15);
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private MemberRepository members;
    private ClockRepository clock;
    private Instance instance;

    MembershipService() {
    }

    @Inject
    MembershipService(MemberRepository members, ClockRepository clock, Instance instance) {
        this.members = members;
        this.clock = clock;
        this.instance = instance;
    }

    /** Says that this instance lives, and forgets those that nothing was heard of for a day. */
    @Transactional
    void beat(int slots, int running) {
        Instant now = clock.now();
        Optional<Member> known = members.find(instance.id());
        Member own = known.orElseGet(() -> new Member(instance.id()));
        if (!own.isOf(instance.bootId())) {
            own.begin(instance.bootId(), instance.version(), instance.address(), now);
        }
        own.seen(slots, running, now);
        if (known.isEmpty()) {
            members.add(own);
        }
        members.removeUnseenSince(now.minus(REMEMBERED));
    }

    /** Takes this instance off the list. */
    @Transactional
    void leave() {
        members.remove(instance.id(), instance.bootId());
    }

    /** Those that run, and those that ended within a day without a clean stop, by name. */
    @Transactional
    public List<InstanceView> all() {
        Instant since = clock.now().minus(ALIVE_WITHIN);
        return members.all().stream().map(member -> InstanceView.of(member, member.seenAt().isAfter(since))).toList();
    }
}
