package org.wallwhale.admin;

import java.util.List;
import org.wallwhale.cluster.InstanceView;

/** By name. */
public record InstanceList(List<InstanceView> instances) {
}
