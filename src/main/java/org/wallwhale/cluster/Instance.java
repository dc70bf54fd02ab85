package org.wallwhale.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * This server among those that share the database. The id is for people and stays the same over restarts; nothing keeps two
 * servers from having the same. The boot id is new with each start, and is what claims are held by.
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
