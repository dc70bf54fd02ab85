package org.wallwhale.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * This server among those that share the database. The id stays the same over restarts, so that a restarted server knows its
 * own unfinished work; the boot id is new with each start.
 */
@ApplicationScoped
public class Instance {
    private String id;
    private final String bootId = UUID.randomUUID().toString();

    Instance() {
    }

    @Inject
    Instance(InstanceConfig config) {
        id = config.instanceId();
    }

    public String id() {
        return id;
    }

    public String bootId() {
        return bootId;
    }
}
