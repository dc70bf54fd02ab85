package org.wallwhale.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Headers of answers, which the frame describes. */
final class Headers {
    private Headers() {
    }

    static void add(ObjectNode headers, String... names) {
        for (String name : names) {
            headers.putObject(name).put("$ref", "#/components/headers/" + name);
        }
    }
}
