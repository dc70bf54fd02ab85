package org.wallwhale.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether what a server answers is in the OpenAPI document: its status, its headers, its type, and the members of its body. */
public final class Documented {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = read();
    private static final Conformance CONFORMANCE = new Conformance(DOCUMENT);
    /** Of the headers that answers are told to have, those that are never left out. */
    private static final Set<String> ALWAYS = Set.of("X-Request-Id", "Location", "ETag", "Accept-Ranges", "Content-Range", "Content-Disposition");
    private static final List<Route> ROUTES = routes();

    private record Route(Pattern address, JsonNode responses) {
    }

    private Documented() {
    }

    /** Fails when the answer of an operation is not in the document. What no operation answers is let through. */
    public static void demand(HttpResponse<byte[]> response) {
        String request = response.request().method() + " " + response.uri().getRawPath();
        int status = response.statusCode();
        if (request.contains("..%2F")) {
            // servers take the dots for steps of the address, to where no operation is
            return;
        }
        for (Route route : ROUTES) {
            // a gateway in between has statuses of its own
            if (route.address().matcher(request).matches() && status < 500) {
                JsonNode told = told(route, status);
                if (told.isMissingNode()) {
                    throw new AssertionError(request + " answered " + status + ", which is not in openapi.json");
                }
                headers(request + " " + status, told.path("headers"), response);
                body(request + " " + status, told.path("content"), response);
                return;
            }
        }
    }

    private static JsonNode told(Route route, int status) {
        JsonNode response = route.responses().path(String.valueOf(status));
        return response.has("$ref") ? DOCUMENT.at(response.get("$ref").textValue().substring(1)) : response;
    }

    /** Some refusals are the container's own, which knows no more of them than their status. */
    private static void headers(String what, JsonNode told, HttpResponse<byte[]> response) {
        Set<String> missing = ALWAYS.stream().filter(told::has).filter(name -> response.headers().firstValue(name).isEmpty())
                .collect(Collectors.toSet());
        if (response.statusCode() < 400 && !missing.isEmpty()) {
            throw new AssertionError(what + " has no header " + missing + ", which openapi.json promises");
        }
    }

    private static void body(String what, JsonNode content, HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (response.body().length == 0) {
            return;
        }
        if (content.properties().stream().noneMatch(known -> known.getKey().equalsIgnoreCase(type))) {
            throw new AssertionError(what + " was answered as " + type + ", which is not in openapi.json");
        }
        if (type.endsWith("json") && !type.contains("ndjson")) {
            try {
                List<String> faults = CONFORMANCE.faults(JSON.readTree(response.body()), content.get(type).get("schema"), what);
                if (!faults.isEmpty()) {
                    throw new AssertionError("An answer is not as openapi.json has it: " + faults);
                }
            } catch (IOException e) {
                throw new AssertionError(what + " is no JSON", e);
            }
        }
    }

    private static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        DOCUMENT.get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> routes.add(new Route(
                Pattern.compile(operation.getKey().toUpperCase(Locale.ROOT) + " (/wallwhale)?(/api)?/v1"
                        + path.getKey().replace("{path}", ".+").replaceAll("\\{\\w+}", "[^/]+")), operation.getValue().get("responses")))));
        return routes;
    }

    private static JsonNode read() {
        try {
            return JSON.readTree(Files.readString(Path.of("src", "main", "resources", "org", "wallwhale", "rest", "openapi.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
